// Listens to what the server tells by itself.

export type Listener = (data: unknown) => void;

/// Server-sent events. The browser reconnects by itself and says what it heard last.
/// @param lost  told once, when it will not: the server refused, or said good-bye.
/// @returns what stops it.
export function listen(path: string, events: Record<string, Listener>, lost: () => void): () => void {
  const source = new EventSource(new URL(path, document.baseURI));
  const stop = (): void => source.close();
  const giveUp = (): void => {
    stop();
    lost();
  };
  for (const [name, told] of Object.entries(events))
    source.addEventListener(name, (event) => told(JSON.parse((event as MessageEvent<string>).data)));
  source.addEventListener('end', giveUp);
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) giveUp();
  });
  return stop;
}
