// Every request of the page goes through here, and only here.

import { say } from '../words/state';
import type { Problem } from './types';

/// What the server refused, in its own words.
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly title = '',
    readonly request = '',
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

/// What the page does when a request meets a closed door. Set once at the start.
export const hooks = {
  /// Resolves when somebody has signed in again.
  signedOut: (_signal?: AbortSignal): Promise<void> => Promise.reject(new ApiError(401, say('sign.in'))),
  /// Resolves when the server can be reached again.
  lost: (_signal?: AbortSignal): Promise<void> => Promise.reject(new ApiError(0, say('unreachable'))),
  reached: (): void => {},
  csrf: (): string => '',
  /// The group that is looked at; null is all of them.
  group: (): number | null => null,
  /// Reads the session anew; true when its token has changed.
  refresh: (): Promise<boolean> => Promise.resolve(false),
};

export interface Sending {
  signal?: AbortSignal | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  /// Hand 401 to the caller instead of asking for a login.
  anonymous?: boolean;
}

/// Sends a request; waits for the network and the login where that is safe.
export async function send(method: string, path: string, sending: Sending = {}): Promise<Response> {
  const { signal } = sending;
  const reading = method === 'GET' || method === 'HEAD';
  for (let attempt = 0; ; ++attempt) {
    let response: Response;
    try {
      response = await fetch(addressOf(path), { method, ...init(method, sending) });
    } catch (reason) {
      if (signal?.aborted) throw reason;
      const back = hooks.lost(signal);
      if (reading) {
        await back;
        continue;
      }
      back.catch(() => {});
      throw new ApiError(0, say('unreachable'));
    }
    hooks.reached();
    if (response.ok) return response;
    if (response.status === 401 && !sending.anonymous) {
      await hooks.signedOut(signal);
      continue;
    }
    const refusal = await refusalOf(response);
    if (response.status === 403 && !reading && attempt === 0 && (await hooks.refresh())) continue;
    if (response.status === 503 && reading && attempt < 5) {
      await pause(Math.max(0.3, refusal.retryAfter) * 1000 * (attempt + 1) ** 0.5, signal);
      continue;
    }
    throw refusal;
  }
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await send('GET', path, { signal })).json()) as T;
}

export async function post<T>(path: string, body: unknown, sending: Sending = {}): Promise<T> {
  const response = await send('POST', path, { ...sending, body });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export async function patch(path: string, body: unknown): Promise<void> {
  await send('PATCH', path, { body });
}

/// One try whether the server is there, past all hooks.
export async function alive(): Promise<boolean> {
  try {
    return (await fetch(new URL('/healthz', document.baseURI), { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

/// Sends raw bytes and tells how many have left; fetch cannot say.
export function sendBytes(
  method: string,
  path: string,
  bytes: Blob,
  headers: Record<string, string>,
  sent: (count: number) => void,
  signal: AbortSignal,
): Promise<{ status: number; header: (name: string) => string | null; text: string; error: ApiError | null }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    request.open(method, new URL(path, document.baseURI));
    for (const [name, value] of Object.entries({ ...headers, 'X-CSRF-Token': hooks.csrf() }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => sent(event.loaded);
    request.onload = () => {
      signal.removeEventListener('abort', stop);
      hooks.reached();
      const header = (name: string): string | null => request.getResponseHeader(name);
      const failed = request.status >= 400;
      const error = failed ? refusal(request.status, request.statusText, request.responseText, header) : null;
      resolve({ status: request.status, header, text: request.responseText, error });
    };
    request.onerror = () => reject(new ApiError(0, say('unreachable')));
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    request.send(bytes);
  });
}

export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new DOMException('stopped', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

export function isAbort(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'AbortError';
}

/// Lists, and what is made in them, keep to the group that is looked at.
const grouped = /^\/api\/v1\/(projects|datasets|images|plates|screens|folders|search|tags|keys|imports)(\/counts)?(\?|$)/;

function addressOf(path: string): URL {
  const url = new URL(path, document.baseURI);
  const group = hooks.group();
  if (group !== null && grouped.test(path)) url.searchParams.set('group', String(group));
  return url;
}

function init(method: string, { signal, body, headers }: Sending): RequestInit {
  const all: Record<string, string> = { ...headers };
  if (method !== 'GET' && method !== 'HEAD') all['X-CSRF-Token'] = hooks.csrf();
  if (body !== undefined) all['Content-Type'] = 'application/json';
  return {
    headers: all,
    credentials: 'same-origin',
    ...(signal ? { signal } : {}),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

async function refusalOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  return refusal(response.status, response.statusText, text, (name) => response.headers.get(name));
}

function refusal(status: number, words: string, body: string, header: (name: string) => string | null): ApiError {
  const problem = problemOf(body);
  const wait = Number(header('Retry-After')) || 0;
  const detail = problem.detail || problem.title || words || say('answered', { status: String(status) });
  return new ApiError(status, detail, problem.title ?? '', problem.request ?? '', wait);
}

function problemOf(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return {};
  }
}
