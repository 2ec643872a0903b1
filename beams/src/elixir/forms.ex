# Macros, quoting, use, imports, and the language's own shapes: pipes, comprehensions, binaries, captures, sigils, ranges.
defmodule Forms.Macros do
  defmacro __using__(options) do
    quote bind_quoted: [options: options] do
      import Forms.Macros
      @options options
      Module.register_attribute(__MODULE__, :table, accumulate: true, persist: true)
      @before_compile Forms.Macros
    end
  end

  defmacro __before_compile__(_env) do
    quote do
      def options, do: @options
      def table, do: Enum.reverse(@table)
    end
  end

  defmacro row(name, do: body) do
    quote do
      @table unquote(name)
      def unquote(name)(), do: unquote(body)
    end
  end

  defmacrop private(x), do: quote(do: unquote(x) + 1)

  def bumped(x), do: private(x)
end

defmodule Forms do
  use Forms.Macros, colour: :red

  row :first do
    1 + 1
  end

  row :second do
    bumped(2)
  end

  def pipe(list), do: list |> Enum.map(&(&1 * 2)) |> Enum.filter(&match?({_, 1}, {&1, &1})) |> Enum.sum()
  def comprehend(list), do: for({k, v} <- list, is_integer(v), into: %{}, do: {k, v})
  def reduce(list), do: for(x <- list, reduce: 0, do: (acc -> acc + x))
  def bytes(bin), do: for(<<a::4, b::size(a) <- bin>>, do: {a, b})
  def binary(<<size::16-little, body::binary-size(size), rest::bitstring>>, x), do: <<body::binary, x::utf8, rest::bits>>
  def sigils, do: {~w(a b c)a, 1..10//2, ~c"more", ~s(text), ?π, 0x1F, 1_000, 1.0e-3}
  def capture, do: {&String.upcase/1, &Forms.pipe/1, &pipe/1, &{&1, &2}}
  def cond_(x), do: (cond do is_nil(x) -> nil; x > 1 -> :big; true -> :small end)
  def unless_(x), do: if(!x && x != nil, do: :no)
  def receive_(timeout), do: (receive do {:ok, ^timeout} -> :ok after timeout -> :timeout end)
  def raise_(x), do: (try do raise "no #{x}" rescue e in RuntimeError -> e.message end)
  def update(map), do: %{map | a: 1, b: %{map.b | c: [d: {1, 2, 3}]}}
  def dynamic(module, fun, args), do: {apply(module, fun, args), module.name(), &apply(&1, args)}
  def unquote(:"odd name!")(x), do: x
end
