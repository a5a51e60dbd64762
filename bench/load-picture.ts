/** Lines over two logarithmic axes as an SVG: events a second to the right, milliseconds upwards. It can be read on a light and on a dark page. */

export interface Line {
  readonly name: string;
  /** Classes of the style below. */
  readonly kind: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const size = { width: 720, height: 400 };
const plot = { left: 70, right: 560, top: 40, bottom: 340 };

const style = `
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .title { font-weight: 600; }
  .grid { stroke: #d0d7de; }
  .ours { stroke: #0969da; } .sketch { stroke: #bc4c00; }
  text.ours { fill: #0969da; stroke: none; } text.sketch { fill: #bc4c00; stroke: none; }
  polyline { fill: none; stroke-width: 2; } .p99 { stroke-dasharray: 6 4; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .grid { stroke: #3d444d; }
    .ours { stroke: #58a6ff; } .sketch { stroke: #f0883e; }
    text.ours { fill: #58a6ff; } text.sketch { fill: #f0883e; }
  }
`;

export function picture(lines: readonly Line[]): string {
  const all = lines.flatMap(({ points }) => points);
  const across = axis(
    all.map(({ x }) => x),
    plot.left,
    plot.right,
  );
  const up = axis(
    all.map(({ y }) => y),
    plot.bottom,
    plot.top,
  );
  const grid = [
    ...across.marks.map(
      (mark) =>
        `<line class="grid" x1="${across.at(mark)}" x2="${across.at(mark)}" y1="${plot.top}" y2="${plot.bottom}"/>` +
        text(across.at(mark), plot.bottom + 20, mark.toLocaleString('en-US'), 'text-anchor="middle"'),
    ),
    ...up.marks.map(
      (mark) =>
        `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${up.at(mark)}" y2="${up.at(mark)}"/>` +
        text(plot.left - 8, up.at(mark) + 4, `${mark.toLocaleString('en-US')} ms`, 'text-anchor="end"'),
    ),
  ];
  const drawn = lines.map(
    ({ kind, points }) => `<polyline class="${kind}" points="${points.map(({ x, y }) => `${across.at(x)},${up.at(y)}`).join(' ')}"/>`,
  );
  const legend = lines.map(
    ({ name, kind }, index) =>
      `<polyline class="${kind}" points="${plot.right + 15},${plot.top + 20 * index} ${plot.right + 45},${plot.top + 20 * index}"/>` +
      text(plot.right + 52, plot.top + 4 + 20 * index, name, `class="${kind}"`),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img">`,
    '<title>From a call to its effect, against load</title>',
    `<style>${style}</style>`,
    text(plot.left, 22, 'From a call to its effect', 'class="title"'),
    ...grid,
    ...drawn,
    ...legend,
    text((plot.left + plot.right) / 2, plot.bottom + 46, 'effects a second', 'text-anchor="middle"'),
    '</svg>\n',
  ].join('\n');
}

const text = (x: number, y: number, words: string, attributes: string): string => `<text x="${x}" y="${y}" ${attributes}>${words}</text>`;

/** From the power of ten (or three times that) below the least value to that above the greatest. */
function axis(values: readonly number[], from: number, to: number): { at(value: number): number; marks: readonly number[] } {
  const steps = Array.from({ length: 16 }, (_, index) => 10 ** (Math.floor(index / 2) - 1) * (index % 2 === 0 ? 1 : 3));
  const least = Math.min(...values);
  const greatest = Math.max(...values);
  const low = steps.findLast((step) => step <= least) ?? steps[0]!;
  const high = steps.find((step) => step >= greatest) ?? steps.at(-1)!;
  const at = (value: number) => Math.round((from + ((to - from) * Math.log(value / low)) / Math.log(high / low)) * 10) / 10;
  return { at, marks: steps.filter((step) => step >= low && step <= high) };
}
