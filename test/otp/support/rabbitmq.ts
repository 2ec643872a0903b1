// RabbitMQ's beams, for tests that want many real modules. They come from Debian's package, which is fetched once and unpacked under /tmp.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const folder = `/tmp/beamtool-rabbitmq-${process.getuid?.() ?? 0}`;

/** Returns the ebin folders, sorted; none where the package can't be had, which is said: no test may depend on a mirror's good day. */
export function rabbitmqEbins(): readonly string[] {
  if (!existsSync(folder)) fetchPackage();
  if (existsSync(folder)) return ebinsBelow(folder).sort();
  console.error("RABBITMQ NOT AVAILABLE: apt-get download rabbitmq-server failed; OTP's own servers are tried alone");
  return [];
}

// Several workers may want it at once: each fetches into a folder of its own, and the first to rename it wins.
function fetchPackage(): void {
  mkdirSync('/tmp', { recursive: true });
  const fetching = mkdtempSync('/tmp/beamtool-fetching-');
  try {
    const command = 'apt-get download rabbitmq-server >/dev/null 2>&1 && dpkg-deb -x rabbitmq-server_*.deb unpacked';
    const { status } = spawnSync('sh', ['-c', command], { cwd: fetching });
    if (status === 0 && !existsSync(folder)) renameSync(join(fetching, 'unpacked'), folder);
  } finally {
    rmSync(fetching, { recursive: true, force: true });
  }
}

function ebinsBelow(path: string): string[] {
  const folders = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => (name === 'ebin' ? [join(path, name)] : ebinsBelow(join(path, name))));
}
