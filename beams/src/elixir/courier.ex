# A GenServer with a struct as its state, and calls into other modules, Erlang's too.
defmodule Courier do
  use GenServer, restart: :transient
  require Logger
  alias Parcel.LostError

  @behaviour Parcel

  defstruct queue: :queue.new(), done: MapSet.new(), started: nil

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name, __MODULE__))
  def add(courier \\ __MODULE__, parcel), do: GenServer.cast(courier, {:add, parcel})

  @impl Parcel
  def track(%Parcel{id: id}), do: GenServer.call(__MODULE__, {:track, id})

  @impl GenServer
  def init(_options), do: {:ok, %__MODULE__{started: System.monotonic_time()}, {:continue, :load}}

  @impl GenServer
  def handle_continue(:load, state), do: {:noreply, state}

  @impl true
  def handle_call({:track, id}, _from, state) do
    result =
      with false <- MapSet.member?(state.done, id),
           {:value, parcel} <- Enum.find_value(:queue.to_list(state.queue), &match(&1, id)),
           {:ok, parcel} <- Parcel.send_off(parcel) do
        {:ok, parcel.state}
      else
        true -> {:ok, :sent}
        _ -> {:error, :unknown}
      end

    {:reply, result, state}
  rescue
    error in [LostError, ArgumentError] -> {:reply, {:error, Exception.message(error)}, state}
  catch
    :exit, reason -> {:stop, reason, state}
  after
    Process.put(:last, id)
  end

  @impl true
  def handle_cast({:add, parcel}, state), do: {:noreply, update_in(state.queue, &:queue.in(parcel, &1))}

  @impl true
  def handle_info(message, state) do
    Logger.warning("#{inspect(__MODULE__)} got #{inspect(message)}")
    {:noreply, state}
  end

  defp match(%Parcel{id: id} = parcel, id), do: {:value, parcel}
  defp match(_, _), do: nil
end
