# Structs, exceptions, guards, typespecs, behaviours, nested modules, delegation.
defmodule Parcel do
  @moduledoc """
  A parcel. Unicode: naïve, π, 日本.
  """
  @moduledoc since: "0.1.0"

  @derive {Measure, field: :weight}
  @enforce_keys [:id]
  defstruct [:id, weight: 0.0, labels: [], to: %{name: nil, zip: "00000"}, state: :new]

  @type state :: :new | :sent | {:lost, Date.t()}
  @type t :: %__MODULE__{id: pos_integer, weight: float, labels: [String.t()], to: map, state: state}
  @opaque secret :: {integer, binary}
  @typep internal(x) :: [x] | nil

  @callback track(t) :: {:ok, state} | {:error, term}
  @callback optional(t) :: any
  @macrocallback check(Macro.t()) :: Macro.t()
  @optional_callbacks optional: 1, check: 1

  defguard is_heavy(parcel) when is_map(parcel) and :erlang.map_get(:weight, parcel) > 10.0
  defguardp is_id(id) when is_integer(id) and id > 0

  defmodule LostError do
    defexception [:id, message: "parcel lost", since: ~D[2020-01-31]]

    @impl true
    def message(%{id: id, message: message}), do: "#{message}: #{id}"
  end

  @doc "Makes a new parcel."
  @doc tags: [:constructor]
  @spec new(pos_integer, keyword) :: t
  def new(id, fields \\ []) when is_id(id), do: struct!(%__MODULE__{id: id}, fields)

  @doc deprecated: "Use new/2."
  @deprecated "Use new/2."
  def make(id), do: new(id)

  @doc false
  def hidden, do: private([1])

  @spec private(internal(integer)) :: internal(integer)
  defp private(x), do: x

  def send_off(%__MODULE__{state: :new} = parcel) when is_heavy(parcel), do: {:error, :too_heavy}
  def send_off(%__MODULE__{state: :new} = parcel), do: {:ok, %{parcel | state: :sent}}
  def send_off(%{id: id}), do: raise(LostError, id: id)

  defdelegate measure(parcel), to: Measure, as: :size

  @secret {1, "secret"}
  @spec secret :: secret
  def secret, do: @secret
end
