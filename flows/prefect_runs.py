"""Prefect's records of our runs, mended: Prefect leaves dead runs Running and starts every late one."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Crashed

from archive.lock import holder
from flows.layout import Layout

_STARTING = timedelta(minutes=1)  # a run that was started just now may not hold the data folder yet


def due_runs(client: SyncPrefectClient, deployments: Iterable[UUID]) -> list[FlowRun]:
    """Return the scheduled runs of `deployments` whose time has come, the longest due first."""
    return sorted(
        client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(deployments))),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
                next_scheduled_start_time=FlowRunFilterNextScheduledStartTime.model_validate(
                    {"before_": datetime.now(UTC)}
                ),
            ),
            sort=FlowRunSort.EXPECTED_START_TIME_DESC,  # where an answer's 200 are too few, the newest count
        ),
        key=_due_at,
    )


def next_runs(due: Iterable[FlowRun]) -> list[FlowRun]:
    """Return the newest due run of each deployment, the longest due first: the others are made up by it."""
    newest: Mapping[UUID | None, FlowRun] = {run.deployment_id: run for run in sorted(due, key=_due_at)}
    return sorted(newest.values(), key=_due_at)


def _due_at(run: FlowRun) -> datetime:
    return run.next_scheduled_start_time or datetime.max.replace(tzinfo=UTC)


def skip_others(client: SyncPrefectClient, run_id: str | UUID, deployment_id: str | UUID) -> None:
    """Cancel the other due runs of a deployment: the run that begins now is for all of them."""
    for run in due_runs(client, [UUID(str(deployment_id))]):
        if str(run.id) != str(run_id):
            client.set_flow_run_state(
                run.id, Cancelled(message=f"skipped: run {run_id} is for all that were due"), force=True
            )


def mark_lost(client: SyncPrefectClient, layout: Layout) -> list[FlowRun]:
    """Mark the runs into this data folder as Crashed that nobody runs any more; return them.

    While a live process holds the data folder nothing is marked: one of the runs is its own.
    """
    owner = holder(layout.lock)
    if owner and owner.alive:
        return []
    unended = client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=["crawl"])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(
                type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING])
            )
        ),
    )
    data, begun_before = str(layout.data.resolve()), datetime.now(UTC) - _STARTING
    lost = [
        run
        for run in unended
        if run.parameters.get("data") == data and run.state and run.state.timestamp < begun_before
    ]
    for run in lost:
        client.set_flow_run_state(run.id, Crashed(message="lost: its process was killed"), force=True)
    return lost
