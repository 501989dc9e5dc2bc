import process from 'node:process';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * One line for one step: a spinner with the time on a terminal, a plain line elsewhere. On stderr,
 * so that a script's own output can be kept: `npm run --silent keys > .env`.
 */
export function showProgress(title, out = process.stderr) {
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  if (!out.isTTY) return plainLines(title, seconds, out);

  let frame = 0;
  const draw = (mark) => out.write(`\r\x1b[2K${mark} ${title} … ${seconds()}`);
  const spinner = setInterval(() => draw(frames[frame++ % frames.length]), 100);
  const end = (mark) => {
    clearInterval(spinner);
    draw(mark);
    out.write('\n');
  };
  return { succeed: () => end('✔'), fail: () => end('✖') };
}

function plainLines(title, seconds, out) {
  out.write(`${title} …\n`);
  return { succeed: () => out.write(`${title}: done in ${seconds()}\n`), fail: () => undefined };
}
