// Builds dist/ once before all tests, so that those that run `bin/beamtool.js` never meet an older build. A build that fails leaves no
// dist/: then the tests that run the command line fail, and the others still tell what they know.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export function setup(): void {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd, encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`npm run build failed:\n${stderr}\n`);
}
