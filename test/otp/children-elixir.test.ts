// The children of Elixir's supervisors, as their code tells and as their init/1 returns them; by the compilers of three releases.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { formatPartial } from '../../src/changes/children/format-partial.js';
import type { Children } from '../../src/changes/children/model.js';
import { isSupervisor, readChildren, readSupervisorName } from '../../src/changes/children/read-children.js';
import { NIL } from '../../src/term/model.js';
import { askInit, differences } from './support/children.js';
import { describeWithOtp, type OtpRelease, otpEbins, runCommand } from './support/erlang.js';

const folder = mkdtempSync('/tmp/beamtool-elixir-children-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SOURCE = `
defmodule Shop.Stock do
  use GenServer, restart: :transient, shutdown: 300
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)
  def init(arg), do: {:ok, arg}
end
defmodule Shop.Plain do
  use GenServer
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)
  def init(arg), do: {:ok, arg}
end
defmodule Shop.Custom do
  def child_spec(opts), do: %{id: Keyword.fetch!(opts, :id), start: {Shop.Plain, :start_link, [opts]}, type: :supervisor}
end
defmodule Shop.Top do
  use Supervisor
  def start_link(arg), do: Supervisor.start_link(__MODULE__, arg, name: __MODULE__)
  def init(arg) do
    children = [
      {Shop.Stock, [size: 3]},
      Shop.Plain,
      %{id: :mapped, start: {Shop.Plain, :start_link, [arg]}, restart: :temporary},
      Supervisor.child_spec({Shop.Plain, :second}, id: :second, shutdown: :brutal_kill),
      {Shop.Custom, [id: :custom]}
    ]
    Supervisor.init(children, strategy: :rest_for_one, max_restarts: 7)
  end
end
defmodule Shop.Library do
  use Supervisor
  def start_link(_), do: Supervisor.start_link(__MODULE__, :ok, [])
  def init(:ok) do
    [
      {Registry, keys: :unique, name: Shop.Registry},
      {DynamicSupervisor, name: Shop.Dynamic, strategy: :one_for_one},
      {Task.Supervisor, name: Shop.Tasks},
      {Task, fn -> :ok end},
      {Agent, fn -> 1 end}
    ]
    |> Supervisor.init(strategy: :one_for_one)
  end
end
defmodule Shop.Maybe do
  use Supervisor
  def start_link(_), do: Supervisor.start_link(__MODULE__, :ok, name: __MODULE__)
  def init(:ok) do
    more = if Application.get_env(:shop, :more, false), do: [{Shop.Plain, 1}], else: []
    workers = for n <- 1..3, do: Supervisor.child_spec({Shop.Stock, n}, id: {Shop.Stock, n})
    Supervisor.init(workers ++ more, strategy: :one_for_all)
  end
end
`;

function compileAll(release: OtpRelease): ReadonlyMap<string, BeamModule> {
  const [file, output] = [join(folder, `${release}.ex`), join(folder, String(release))];
  writeFileSync(file, SOURCE);
  mkdirSync(output);
  runCommand(release, ['elixirc', '-o', output, file]);
  const names = [...SOURCE.matchAll(/defmodule (\S+)/g)].map(([, name]) => `Elixir.${name}`);
  return new Map(names.map((name) => [name, readBeam(readFileSync(join(output, `${name}.beam`)), { file: join(output, name) })]));
}

function idsIn(children: Children): readonly string[] {
  if (children.kind === 'unknown') return [children.because];
  return children.kind === 'ignore'
    ? []
    : children.children.map(({ id, condition }) => `${formatPartial(id)}${condition === null ? '' : '?'}`);
}

const IDS = {
  'Elixir.Shop.Top': ["'Elixir.Shop.Stock'", "'Elixir.Shop.Plain'", 'mapped', 'second', 'custom'],
  'Elixir.Shop.Library': [
    "'Elixir.Shop.Registry'",
    "'Elixir.Shop.Dynamic'",
    "'Elixir.Shop.Tasks'",
    "'Elixir.Task'",
    "'Elixir.Agent'",
  ],
  'Elixir.Shop.Maybe': [...[1, 2, 3].map((n) => `{'Elixir.Shop.Stock',${n}}`), "'Elixir.Shop.Plain'?"],
};

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `supervisors of Elixir by OTP ${release}`, () => {
    it('have the children that their code tells', () => {
      const modules = compileAll(release);
      const elixir = otpEbins(release).filter((path) => path.includes('/elixir/lib/'));
      const supervisors = [...modules.values()].filter(isSupervisor);
      const questions = supervisors.map(
        ({ name }) => [name, name.endsWith('Top') ? NIL : ({ kind: 'atom', name: 'ok' } as const)] as const,
      );
      const [first] = supervisors;
      const answers = askInit(release, questions, [dirname(first?.file ?? ''), ...elixir]);
      const read = supervisors.map((module) => readChildren(module, { lookup: (name) => modules.get(name) }));
      expect(Object.fromEntries(supervisors.map(({ name }, at) => [name, idsIn(read[at] as Children)]))).toEqual(IDS);
      expect(answers.map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok']);
      expect(read.flatMap((one, at) => differences(one, answers[at] as (typeof answers)[number]))).toEqual([]);
      expect(supervisors.map((module) => readSupervisorName(module))).toMatchObject([
        { kind: 'known', name: 'Elixir.Shop.Top' },
        { kind: 'unknown' },
        { kind: 'known', name: 'Elixir.Shop.Maybe' },
      ]);
    });
  });
}
