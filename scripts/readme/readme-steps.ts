import { z } from 'zod';

const json = z.record(z.string(), z.unknown());

/** What the README shows, in its order. */
export type ReadmeStep =
  /** Another part: nobody is signed in any more. */
  | { readonly kind: 'part' }
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'operation'; readonly text: string }
  | { readonly kind: 'answer'; readonly shown: z.output<typeof json> };

const blocks = /^### .*$|^```(graphql|json)\n([\s\S]*?)^```$/gm;

/** The blocks of the README's section `title`. A JSON block without `data` is the headers to send. */
export function readmeSteps(readme: string, title: string): ReadmeStep[] {
  const [, section = ''] = readme.split(`\n## ${title}\n`);
  const [text = ''] = section.split(/^## /m);
  return [...text.matchAll(blocks)].map(([, language, content = '']): ReadmeStep => {
    if (language === undefined) return { kind: 'part' };
    if (language === 'graphql') return { kind: 'operation', text: content };
    const value = json.parse(JSON.parse(content));
    if ('data' in value) return { kind: 'answer', shown: value };
    return { kind: 'headers', headers: z.record(z.string(), z.string()).parse(value) };
  });
}
