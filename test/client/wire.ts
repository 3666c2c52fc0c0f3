export interface Request {
  readonly method: string;
  /** The operation that the URL or the body names. */
  readonly operation: string;
  readonly sentAtMs: number;
  status: number | null;
  failed: boolean;
}

/** A `fetch` that goes over the network, and what went over it. */
export function recordRequests() {
  const requests: Request[] = [];
  const recordingFetch: typeof fetch = async (input, init = {}) => {
    const request: Request = {
      method: init.method ?? 'GET',
      operation: operationOf(String(input), init.body),
      sentAtMs: Date.now(),
      status: null,
      failed: false,
    };
    requests.push(request);
    const response = await fetch(input, init).catch((error: unknown) => {
      request.failed = true;
      throw error;
    });
    request.status = response.status;
    return response;
  };
  return { requests, fetch: recordingFetch };
}

function operationOf(url: string, body: unknown): string {
  const named = new URL(url).searchParams.get('operationName');
  if (named !== null || typeof body !== 'string') return named ?? '';
  return (JSON.parse(body) as { readonly operationName?: string }).operationName ?? '';
}
