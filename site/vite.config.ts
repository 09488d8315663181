import { defineConfig } from 'vite';

/** `npm run site` builds the page to site/dist: static files that any server, or GitHub Pages, can hand out. */
export default defineConfig({
  base: './',
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 2_000 },
});
