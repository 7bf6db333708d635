import { z } from 'zod';
import { oneLine } from '../../../../shared/visible-text.ts';
import { type KubeCause, type KubeCode, KubeError } from './errors.ts';

const mostText = 600;

/** What the API says where it does not do what it was asked for. Tolerant: proxies answer as well. */
const statusAnswer = z.looseObject({
  /** That of a command that ran lacks it. */
  kind: z.literal('Status').optional(),
  message: z.string().catch(''),
  reason: z.string().catch(''),
  code: z.number().nullish().catch(null),
  details: z
    .looseObject({
      retryAfterSeconds: z.number().nullish().catch(null),
      causes: z
        .array(
          z.looseObject({
            reason: z.string().catch(''),
            message: z.string().catch(''),
            field: z.string().catch(''),
          }),
        )
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});
export type StatusAnswer = z.infer<typeof statusAnswer>;

const codes: Readonly<Record<number, KubeCode>> = {
  400: 'KUBE_INVALID',
  401: 'KUBE_UNAUTHORIZED',
  403: 'KUBE_FORBIDDEN',
  404: 'KUBE_NOT_FOUND',
  405: 'KUBE_INVALID',
  406: 'KUBE_INVALID',
  409: 'KUBE_CONFLICT',
  410: 'KUBE_GONE',
  413: 'KUBE_TOO_LARGE',
  415: 'KUBE_INVALID',
  422: 'KUBE_INVALID',
  429: 'KUBE_BUSY',
};

const sentences: Partial<Record<KubeCode, (where: string) => string>> = {
  KUBE_UNAUTHORIZED: (where) => `${where} does not know who this is.`,
  KUBE_FORBIDDEN: (where) => `${where} does not allow it.`,
  KUBE_BUSY: (where) => `${where} does not do it now.`,
  KUBE_GONE: (where) => `${where} does not keep what was asked for any more.`,
};

export interface FailedAnswer {
  readonly where: string;
  readonly status: number;
  readonly body: string;
  /** The header, in seconds. */
  readonly retryAfter?: string | undefined;
}

/** An answer that is no success, as an error. */
export function fromAnswer({ where, status, body, retryAfter }: FailedAnswer): KubeError {
  const said = parseStatus(body);
  if (said === null && status >= 300 && status < 400) {
    return new KubeError('KUBE_ANSWER_ODD', `${where} sends elsewhere, as no cluster does.`, {
      status,
    });
  }
  return fromStatus(said, { where, status, retryAfter: secondsOf(retryAfter) });
}

export function parseStatus(body: string): StatusAnswer | null {
  try {
    const parsed = statusAnswer.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // a page of a proxy, or nothing
  }
}

export function fromStatus(
  said: StatusAnswer | null,
  { where, status, retryAfter }: { where: string; status: number; retryAfter?: number | null },
): KubeError {
  const code = codes[status] ?? 'KUBE_FAILED';
  const what = oneLine((said?.message ?? '').slice(0, mostText));
  const lead = sentences[code]?.(where) ?? `${where} answers with ${status}.`;
  const seconds = retryAfter ?? said?.details?.retryAfterSeconds ?? null;
  return new KubeError(code, what === '' ? lead : `${lead} It says: ${what}`, {
    status,
    reason: oneLine((said?.reason ?? '').slice(0, 100)),
    causes: causesOf(said),
    ...(seconds !== null && seconds > 0 && { retryAfterMs: seconds * 1000 }),
  });
}

function causesOf(said: StatusAnswer | null): readonly KubeCause[] {
  return (said?.details?.causes ?? []).slice(0, 50).map(({ reason, message, field }) => ({
    reason: oneLine(reason.slice(0, 100)),
    message: oneLine(message.slice(0, mostText)),
    field: oneLine(field.slice(0, 300)),
  }));
}

function secondsOf(text: string | undefined): number | null {
  const seconds = Number(text);
  return text !== undefined && Number.isFinite(seconds) ? Math.min(seconds, 600) : null;
}
