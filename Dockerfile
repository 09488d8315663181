# The App. `docker build -t scalegate .`, then docs/app.md.
FROM node:24.9.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

# TypeScript runs as it is, its types stripped by Node. A bundle is not made: what Probot logs with starts worker threads by
# their paths, which does not survive being put into one file.
FROM node:24.9.0-bookworm-slim
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json app.yml ./
COPY src src
RUN install --directory --owner=node --group=node /data
ENV HOST=0.0.0.0 \
    PORT=3000 \
    QUEUE_FILE=/data/queue.sqlite \
    ENV_FILE=/data/.env \
    NODE_OPTIONS=--disable-warning=ExperimentalWarning
USER node
VOLUME /data
EXPOSE 3000
# The set-up page answers 404 here, and lives
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ status }) => process.exit(status < 500 ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/app/index.ts"]
