/** How a GraphQL answer over HTTP is labelled; by the newer label the status tells whether it ran. */
export type AnswerType = 'application/json' | 'application/graphql-response+json';

export interface Accepted {
  readonly type: AnswerType;
  /**
   * Whether the client named `application/json` and nothing newer. Such clients read errors only with
   * status 200, so the specification's legacy rules hold for them.
   */
  readonly legacy: boolean;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

/** The answer's type that an `Accept` header allows, undefined when it allows none. */
export function acceptedType(accept: string | undefined): Accepted | undefined {
  const ranges = rangesOf(accept ?? '*/*');
  const best = ranges.reduce<Range | undefined>(
    (chosen, range) => (chosen && chosen.quality >= range.quality ? chosen : range),
    undefined,
  );
  switch (best?.type) {
    case 'application/graphql-response+json':
      return { type: 'application/graphql-response+json', legacy: false };
    case 'application/json':
      return { type: 'application/json', legacy: true };
    case undefined:
      return undefined;
    default:
      return { type: 'application/json', legacy: false };
  }
}

const understood = new Set([
  'application/graphql-response+json',
  'application/json',
  'application/*',
  '*/*',
]);

function rangesOf(accept: string): Range[] {
  const ranges: Range[] = [];
  for (const part of accept.split(',')) {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    if (!understood.has(type) || !acceptsUtf8(parameters)) continue;
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    if (Number(quality ?? 1) > 0) ranges.push({ type, quality: Number(quality ?? 1) });
  }
  return ranges;
}

const acceptsUtf8 = (parameters: readonly string[]): boolean => {
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return charset === undefined || isUtf8(charset);
};

const isUtf8 = (parameter: string): boolean => /^charset="?utf-?8"?$/.test(parameter);

/** Whether a request's body is JSON in UTF-8. */
export function isJsonBody(contentType: string | undefined): boolean {
  const [type = '', ...parameters] = (contentType ?? '')
    .split(';')
    .map((text) => text.trim().toLowerCase());
  return type === 'application/json' && acceptsUtf8(parameters);
}
