"""Lines in which somebody could wait for ever, because no counter of the office calls from them."""

from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import Pack
from ventanilla.core.definition.problems import Code, Problems


def check_reception(pack: Pack, places: Places, problems: Problems) -> None:
    """Tell the queues that stand at an office where nobody calls from them."""
    for queue in pack.queues.values():
        served = {one.office for one in pack.counters.values() if queue.name in one.serves}
        for office in queue.offices:
            if office not in served:
                mark = places.at("queues", queue.name)
                problems.add(Code.QUEUE_WITHOUT_COUNTER, mark, name=queue.name, office=office)
