import { escapeHtml } from '@eventxperts/html';

export interface DrawnSubgraph {
  readonly name: string;
  readonly types: readonly string[];
}

const width = 1180;
const height = 628;
const margin = 30;
const gap = 10;
const ink = '#26323d';
const faint = '#5d6b78';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  readonly stroke: string;
}

const full = { x: margin, width: width - 2 * margin };

/** The supergraph as a picture: who asks, the gateway, the subgraphs with their databases, the bus. */
export function drawArchitecture(subgraphs: readonly DrawnSubgraph[]): string {
  const step = (full.width + gap) / subgraphs.length;
  const parts = [
    ...clients(),
    line(width / 2, 92, width / 2, 122, 'both'),
    label(
      width / 2 + 12,
      112,
      'queries and mutations over HTTP; live updates over WebSocket or SSE',
      {
        anchor: 'start',
        size: 13,
        fill: faint,
      },
    ),
    ...gateway(),
    ...subgraphs.flatMap((subgraph, index) => column(subgraph, margin + index * step, step - gap)),
    ...bus(),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Architecture of EventXperts" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif">
<defs>
<marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="${faint}"/></marker>
</defs>
<rect width="${width}" height="${height}" rx="12" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

function clients(): string[] {
  const names = [
    'Web and mobile apps',
    'Guests, by the link in their mail',
    'Explorer in a browser',
  ];
  const step = (full.width + gap) / names.length;
  return names.flatMap((name, index) => {
    const x = margin + index * step;
    return [
      box({ x, y: 30, width: step - gap, height: 60, fill: '#f3f5f7', stroke: '#c5ced6' }),
      label(x + (step - gap) / 2, 66, name, { size: 17 }),
    ];
  });
}

const gateway = (): string[] => [
  box({ ...full, y: 126, height: 96, fill: '#e8eefc', stroke: '#7d9be0' }),
  label(width / 2, 162, 'Gateway: one endpoint, /graphql', { size: 20, weight: 600 }),
  label(
    width / 2,
    194,
    'verifies the token, limits and plans the operation, asks the subgraphs, puts the answer together',
    { size: 15, fill: faint },
  ),
];

/** One subgraph with the way to it, its database and its way to the bus. */
function column({ name, types }: DrawnSubgraph, x: number, columnWidth: number): string[] {
  const middle = x + columnWidth / 2;
  return [
    line(middle, 222, middle, 252, 'end'),
    box({ x, y: 256, width: columnWidth, height: 108, fill: '#eaf6ee', stroke: '#82bf97' }),
    label(middle, 285, name, { size: 14.5, weight: 600 }),
    ...types.map((type, index) => label(middle, 308 + index * 18, type, { size: 13, fill: faint })),
    line(middle, 364, middle, 388, 'both'),
    cylinder(x + columnWidth * 0.1, 394, columnWidth * 0.8, 70),
    label(middle, 442, name, { size: 12 }),
    line(middle, 470, middle, 500, 'both'),
  ];
}

const bus = (): string[] => [
  box({ ...full, y: 504, height: 94, fill: '#fdf1e3', stroke: '#e0aa64' }),
  label(width / 2, 542, 'Event bus: a log in PostgreSQL, or Kafka', { size: 20, weight: 600 }),
  label(
    width / 2,
    572,
    'a change and its event are written in one transaction; the outbox publishes it, the inbox of each reader takes it once',
    { size: 15, fill: faint },
  ),
];

interface LabelStyle {
  readonly size: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle';
}

const label = (x: number, y: number, text: string, style: LabelStyle): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${style.anchor ?? 'middle'}" font-size="${style.size}" font-weight="${style.weight ?? 400}" fill="${style.fill ?? ink}">${escapeHtml(text)}</text>`;

const box = ({ x, y, width: w, height: h, fill, stroke }: Box): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" rx="8" fill="${fill}" stroke="${stroke}" stroke-width="1.5"/>`;

const line = (x1: number, y1: number, x2: number, y2: number, arrows: 'end' | 'both'): string =>
  `<path d="M${round(x1)} ${y1}L${round(x2)} ${y2}" stroke="${faint}" stroke-width="1.5" marker-end="url(#end)"${arrows === 'both' ? ' marker-start="url(#end)"' : ''}/>`;

/** A database, as everybody draws one. */
function cylinder(x: number, y: number, w: number, h: number): string {
  const [rx, ry] = [round(w / 2), 9];
  const left = round(x);
  const body = `M${left} ${y + ry}v${h - 2 * ry}a${rx} ${ry} 0 0 0 ${round(w)} 0v${-(h - 2 * ry)}`;
  const lid = `M${left} ${y + ry}a${rx} ${ry} 0 0 1 ${round(w)} 0a${rx} ${ry} 0 0 1 ${-round(w)} 0`;
  return `<g fill="#f3eefb" stroke="#a68fd0" stroke-width="1.5"><path d="${body}"/><path d="${lid}"/></g>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
