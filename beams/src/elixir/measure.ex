# A protocol with implementations for built-in types, for a struct, and for anything that derives it.
defprotocol Measure do
  @moduledoc "How large a thing is."
  @fallback_to_any true

  @typedoc "A size in its own unit."
  @type size :: number

  @doc "Returns the size of `thing`."
  @spec size(t) :: size
  def size(thing)

  @doc since: "1.2.0"
  def unit(thing, default)
end

defimpl Measure, for: [Integer, Float] do
  def size(number), do: number
  def unit(_number, default), do: default
end

defimpl Measure, for: BitString do
  def size(text) when is_binary(text), do: String.length(text)
  def unit(_text, _default), do: :characters
end

defimpl Measure, for: Any do
  defmacro __deriving__(module, struct, options) do
    field = Keyword.fetch!(options, :field)

    quote do
      defimpl Measure, for: unquote(module) do
        def size(thing), do: Map.get(thing, unquote(field))
        def unit(_thing, _default), do: unquote(Map.keys(struct) |> length)
      end
    end
  end

  def size(_), do: 0
  def unit(_, default), do: default
end
