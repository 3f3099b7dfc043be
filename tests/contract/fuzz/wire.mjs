// Requests exactly as they are meant, byte by byte, and as lines to repeat them.

import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

export const percent = (bytes) =>
  [...bytes].map((b) => (/[A-Za-z0-9._~-]/.test(String.fromCharCode(b)) ? String.fromCharCode(b) : `%${b.toString(16).padStart(2, '0').toUpperCase()}`)).join('');

/// @returns {status, type, body, ms}; status 0 when there was no answer.
export function send(url, { method, path, headers = {}, body }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const none = (error) => resolve({ status: 0, type: '', body: error.message, ms: performance.now() - started });
    const length = body ? { 'Content-Length': body.length } : {};
    let request;
    try {
      request = http.request(url, { method, path, agent, headers: { ...headers, ...length }, timeout: 30000 });
    } catch (error) {
      return none(error);
    }
    request.on('error', none);
    request.on('timeout', () => request.destroy(new Error('no answer in 30 s')));
    request.on('response', (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', none);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode,
          type: (answer.headers['content-type'] ?? '').split(';')[0],
          headers: answer.headers,
          body: Buffer.concat(parts).toString('latin1'), // bytes stay what they are
          ms: performance.now() - started,
        }),
      );
    });
    request.end(body);
  });
}

/// Asks what must succeed. @returns the document.
export async function ask(url, token, method, path, document, more = {}) {
  const headers = { ...(token && { Authorization: `Bearer ${token}` }), ...more };
  const bytes = Buffer.isBuffer(document) ? document : document === undefined ? undefined : Buffer.from(JSON.stringify(document));
  if (bytes && !Buffer.isBuffer(document)) headers['Content-Type'] = 'application/json';
  const answer = await send(url, { method, path: `/api/v1/${path}`, headers, body: bytes });
  if (answer.status < 200 || answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
  return answer.body ? JSON.parse(Buffer.from(answer.body, 'latin1').toString('utf8')) : null;
}

const quoted = (bytes) =>
  `$'${[...bytes].map((b) => (b === 39 || b === 92 ? `\\${String.fromCharCode(b)}` : b > 31 && b < 127 ? String.fromCharCode(b) : `\\x${b.toString(16).padStart(2, '0')}`)).join('')}'`;

/// The token is a variable, $STRANGER or the like.
export function curl(who, { method, path, headers = {}, body }) {
  const given = Object.entries(headers).filter(([name]) => name !== 'Authorization');
  const words = [`curl -X ${method} "$URL"'${path.slice(0, 400)}'`, `-H "Authorization: Bearer $${who.toUpperCase()}"`];
  for (const [name, value] of given) words.push(`-H ${quoted(Buffer.from(`${name}: ${value}`.slice(0, 200)))}`);
  if (body) words.push(`--data-binary ${quoted(body.subarray(0, 400))}${body.length > 400 ? ` # ... ${body.length} bytes` : ''}`);
  return words.join(' ');
}
