import type { IncomingMessage } from 'node:http';

/** GitHub sends no payload above 25 MB (docs, "Webhook events and payloads"). */
export const maxBodyBytes = 25 * 1024 * 1024;

/** The body as it came; null for one that is too large, which is not read to its end. */
export function readBody(request: IncomingMessage, maxBytes = maxBodyBytes): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        request.pause();
        resolve(null);
      }
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.on('error', reject);
    request.on('close', () => {
      reject(new Error('the sender hung up'));
    });
  });
}
