/**
 * A `fetch` that remembers answers with their entity tags, as browsers do by themselves, for programs that are none:
 * an answer that still stands costs a 304 on the wire and is handed out again.
 */
export function createRememberingFetch(onAnswer: (status: number) => void = () => {}): typeof fetch {
  const answers = new Map<
    string,
    { readonly etag: string; readonly text: string; readonly headers: Headers }
  >();
  return async (input, init = {}) => {
    const key = `${init.method ?? 'GET'} ${String(input)} ${String(init.body ?? '')}`;
    const known = answers.get(key);
    const headers = new Headers(init.headers);
    if (known) headers.set('if-none-match', known.etag);
    const response = await fetch(input, { ...init, headers });
    onAnswer(response.status);
    if (response.status === 304 && known) return new Response(known.text, { headers: known.headers });
    const etag = response.headers.get('etag');
    if (response.status !== 200 || etag === null) return response;
    const text = await response.text();
    answers.set(key, { etag, text, headers: response.headers });
    return new Response(text, { headers: response.headers });
  };
}
