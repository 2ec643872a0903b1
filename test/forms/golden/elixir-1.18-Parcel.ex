# Compiled by Elixir: the source is not in the beam. What its debug info tells are the heads of the clauses.
# The source is src/elixir/parcel.ex

defmodule Parcel do
  defstruct id: nil, weight: 0.0, labels: [], to: %{name: nil, zip: "00000"}, state: :new

  # __struct__/0, line 10
  def __struct__()

  # __struct__/1, line 10
  def __struct__(kv)

  # is_heavy/1, line 22
  defmacro is_heavy(parcel)

  # is_id/1, line 23
  defmacrop is_id(id)

  # new/1, line 35
  def new(x0)

  # new/2, line 35
  def new(id, fields) when is_integer(id) and id > 0

  # make/1, line 39
  def make(id)

  # hidden/0, line 42
  def hidden()

  # private/1, line 45
  defp private(x)

  # send_off/1, line 47
  def send_off(%Parcel{state: :new} = parcel) when is_map(parcel) and :erlang.map_get(:weight, parcel) > 10.0
  def send_off(%Parcel{state: :new} = parcel)
  def send_off(%{id: id})

  # measure/1, line 51
  def measure(parcel)

  # secret/0, line 55
  def secret()
end
