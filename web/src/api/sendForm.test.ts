import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Problem } from './client';
import { sendForm } from './sendForm';

let server: Server | null = null;

afterEach(() => {
  server?.close();
});

/** Where a server answers that says with a status what it was sent. */
async function answering(status: number): Promise<string> {
  const started = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (part: Uint8Array) => (bytes += part.length));
    request.on('end', () => {
      // A browser asks first whether it may send to another port.
      const asked = request.method === 'OPTIONS';
      response.writeHead(asked ? 200 : status, { 'access-control-allow-origin': '*' });
      response.end(JSON.stringify({ bytes, detail: 'not a GGUF file' }));
    });
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/`;
}

const form = () => {
  const made = new FormData();
  made.append('file', new File(['x'.repeat(1000)], 'decoder.gguf'));
  return made;
};

it('sends all of a form, and says in words why it was refused', async () => {
  const sent = await sendForm(await answering(200), form(), () => undefined);
  expect(((await sent.json()) as { bytes: number }).bytes).toBeGreaterThan(1000);
  server?.close();
  const refused = sendForm(await answering(422), form(), () => undefined);
  await expect(refused).rejects.toThrow(new Problem(422, 'not a GGUF file'));
});
