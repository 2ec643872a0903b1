# What Elixir says of the deprecated functions of its own modules: a line for each, for elixir-deprecated.test.ts.
for beam <- Path.wildcard(Path.join(:code.lib_dir(), "elixir/ebin/*.beam")) ++ Path.wildcard(Path.join(Path.dirname(:code.lib_dir(:elixir)), "*/ebin/Elixir.*.beam")) do
  module = beam |> Path.basename(".beam") |> String.to_atom()

  if Code.ensure_loaded?(module) and function_exported?(module, :__info__, 1) do
    macros = module.__info__(:macros)

    for {{name, arity} = key, reason} <- module.__info__(:deprecated) do
      {name, arity} = if key in macros, do: {"MACRO-#{name}", arity + 1}, else: {name, arity}
      IO.puts("#{module} #{name} #{arity} #{reason}")
    end
  end
end
