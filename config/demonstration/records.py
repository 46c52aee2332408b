"""Network: a system of the operator's own delivers line records by HTTP, with a credential, and not always as it should."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from config.demonstration.world import World
from contracts.models import Contract
from lineinfo.loading.formats import MEASUREMENT_COLUMNS, STATUS_COLUMNS
from lineinfo.models import LineBatch, LineStatus, SystemCredential, TargetService
from lineinfo.services.authenticate_system import authenticate_system
from lineinfo.services.deliver_batch import deliver_batch
from lineinfo.services.issue_system_credential import issue_system_credential
from lineinfo.services.load_batch import load_batch
from lineinfo.services.retry_batch import retry_batch
from lineinfo.services.revoke_system_credential import revoke_system_credential

SYSTEM = "nms-demo-1"
LASTS, REPLACED_AFTER, A_MONTH = timedelta(days=400), timedelta(days=100), timedelta(days=31)
"""How long a credential of the system works, after how many days the first one is replaced, and from one delivery to the next."""
UNKNOWN = "L00000000"
"""The number of a line that there is not."""
DELIVERED = "line records delivered"


class MeasuringSystem:
    """Delivers, on the first of each month, the status of the lines that API customers ask about and a day's measurements of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._token = ""

    def deliver(self) -> None:
        """All of the month before; now and then rows that nobody can use, a file that nobody can read, the same once more."""
        self._keep_credential()
        found = Contract.objects.filter(
            product__in=TargetService.objects.values("product"),
            state=Contract.State.ACTIVE,
            line__isnull=False,
        ).select_related("line", "product")
        contracts = list(found.order_by("pk"))
        day = f"{self.world.today:%Y%m%d}"
        self._send(f"status-{day}", _csv(STATUS_COLUMNS, self._statuses(contracts)))
        measured = _csv(MEASUREMENT_COLUMNS, self._hours(contracts))
        batch = self._send(f"day-{day}", measured)
        self.world.tally["measurements"] += batch.new
        if self.world.lacks("recorded", "badrow"):
            self._send(f"repair-{day}", _csv(MEASUREMENT_COLUMNS, self._unusable(contracts)))
        if self.world.lacks("moved", "linebatch fail"):
            self._load_once_more(self._send(f"broken-{day}", b"line;when;down\n"))
        if self.world.lacks("recorded", "supersededreading"):
            # What a counter told was wrong, as the system found out afterwards.
            self._send(f"correction-{day}", _csv(MEASUREMENT_COLUMNS, self._hours(contracts[:1])))
        if not LineBatch.objects.filter(deliveries__gt=1).exists():
            self._send(f"day-{day}", measured)

    def _keep_credential(self) -> None:
        """The system has one credential, which is replaced in time and without a break; the first one early."""
        world, by = self.world, self.world.staff["network"]
        old = SystemCredential.objects.filter(state=SystemCredential.State.ACTIVE).first()
        serves = REPLACED_AFTER if world.lacks("moved", "systemcredential revoke") else LASTS - A_MONTH
        if old is not None and world.at(0) - old.issued_at < serves:
            return
        self._token = issue_system_credential(
            system=SYSTEM, by=by, at=world.at(0), expires_at=world.at(0) + LASTS, reason="回線監視装置の接続"
        ).token
        if old is not None:
            revoke_system_credential(credential=old, by=by, at=world.at(0, 30), reason="定期の交換")

    def _send(self, name: str, content: bytes) -> LineBatch:
        at = self.world.at(0)
        system = authenticate_system(token=self._token, at=at)
        assert system is not None
        batch = deliver_batch(content=io.BytesIO(content), by=system.account, at=at, key=name).batch
        self.world.tally[f"{DELIVERED}: {batch.state}"] += 1
        return batch

    def _load_once_more(self, batch: LineBatch) -> None:
        """Somebody tries whether it was only for the moment; it was not."""
        by, at = self.world.staff["network"], self.world.at(10)
        retry_batch(batch=batch, by=by, at=at, reason="一時的な障害の可能性があるため再度取り込む")
        load_batch(batch=batch, by=by, at=at)

    def _statuses(self, contracts: Iterable[Contract]) -> Iterator[Sequence[object]]:
        as_of = self.world.at(0).isoformat()
        for contract in contracts:
            if line := contract.line:
                yield line.number, LineStatus.State.UP, contract.product.item, line.host_exchange, as_of

    def _hours(self, contracts: Iterable[Contract]) -> Iterator[Sequence[object]]:
        for contract in contracts:
            for hour in range(24):
                if contract.line:
                    yield self._measured(contract.line.number, hours_ago=24 - hour)

    def _unusable(self, contracts: Iterable[Contract]) -> Iterator[Sequence[object]]:
        """One of a line that there is not, and one whose counter ran backwards."""
        yield self._measured(UNKNOWN, hours_ago=20)
        for contract in list(contracts)[:1]:
            assert contract.line is not None
            number, at, seconds, _down, *others = self._measured(contract.line.number, hours_ago=20)
            yield number, at, seconds, -1, *others

    def _measured(self, number: str, *, hours_ago: int) -> Sequence[object]:
        rng = self.world.rng
        return (
            number,
            (self.world.at(0) - timedelta(hours=hours_ago)).isoformat(),
            3600,
            rng.randint(10**7, 10**9),
            rng.randint(10**6, 10**8),
            3600,
            rng.choice([0, 0, 0, 1, 3]),
            round(rng.uniform(-22, -16), 2),
        )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
