/** When to ask again after `UNAVAILABLE`, in seconds. */
export const retryAfterSeconds = '1';

interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[];
}

/** Whether every error is UNAVAILABLE and no root field has data. */
export function isUnavailable({ data, errors = [] }: Answered): boolean {
  if (errors.length === 0 || errors.some(({ extensions }) => extensions?.code !== 'UNAVAILABLE'))
    return false;
  return data == null || Object.values(data).every((value) => value === null);
}
