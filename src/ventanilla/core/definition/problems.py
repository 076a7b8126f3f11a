"""What can be wrong with a pack: a code, a place and the words of the case at hand.

Sentences are made from these in ``packs.sentences``, where the language is known.
"""

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from ventanilla.core.definition.nodes import Mark


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """Every problem a pack can have. The value is stable: other tools rest on it."""

    # files
    FILE_MISSING = "file-missing"
    FILE_UNREADABLE = "file-unreadable"
    FILE_TOO_LARGE = "file-too-large"
    # YAML
    YAML_SYNTAX = "yaml-syntax"
    YAML_EMPTY = "yaml-empty"
    YAML_SEVERAL_DOCUMENTS = "yaml-several-documents"
    YAML_REPEATED_KEY = "yaml-repeated-key"
    YAML_ANCHOR = "yaml-anchor"
    YAML_ALIAS = "yaml-alias"
    YAML_TAG = "yaml-tag"
    YAML_MERGE = "yaml-merge"
    YAML_KEY = "yaml-key"
    YAML_TOO_DEEP = "yaml-too-deep"
    YAML_TOO_LARGE = "yaml-too-large"
    # tables and messages as files
    CSV_SYNTAX = "csv-syntax"
    CSV_COLUMNS = "csv-columns"
    CSV_HEADER = "csv-header"
    FRONT_MATTER = "front-matter"
    # shape
    EXPECTED_MAPPING = "expected-mapping"
    EXPECTED_LIST = "expected-list"
    EXPECTED_TEXT = "expected-text"
    EXPECTED_ONE_OF = "expected-one-of"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    NOT_YET = "not-yet"
    BAD_NAME = "bad-name"
    BAD_BOOLEAN = "bad-boolean"
    BAD_INTEGER = "bad-integer"
    BAD_DATE = "bad-date"
    BAD_SPAN = "bad-span"
    BAD_COLOUR = "bad-colour"
    REPEATED = "repeated"
    EMPTY = "empty"
    # names
    UNKNOWN_FIELD = "unknown-field"
    UNKNOWN_FIELD_TYPE = "unknown-field-type"
    UNKNOWN_STEP = "unknown-step"
    UNKNOWN_ROLE = "unknown-role"
    UNKNOWN_OFFICE = "unknown-office"
    UNKNOWN_CALENDAR = "unknown-calendar"
    UNKNOWN_RULE = "unknown-rule"
    UNKNOWN_CHANNEL = "unknown-channel"
    UNKNOWN_MESSAGE = "unknown-message"
    UNKNOWN_SCRIPT = "unknown-script"
    UNKNOWN_QUESTIONNAIRE = "unknown-questionnaire"
    UNKNOWN_TEXT = "unknown-text"
    UNKNOWN_TABLE = "unknown-table"
    UNKNOWN_CATALOGUE = "unknown-catalogue"
    UNKNOWN_CODE = "unknown-code"
    UNKNOWN_ACTION = "unknown-action"
    UNKNOWN_ENTRY = "unknown-entry"
    UNKNOWN_DEADLINE = "unknown-deadline"
    UNKNOWN_ALARM = "unknown-alarm"
    UNKNOWN_SCHEDULE = "unknown-schedule"
    UNKNOWN_CHECKLIST = "unknown-checklist"
    UNKNOWN_APPOINTMENT = "unknown-appointment"
    UNKNOWN_TRACK = "unknown-track"
    UNKNOWN_QUEUE = "unknown-queue"
    UNKNOWN_ATTRIBUTE = "unknown-attribute"
    UNKNOWN_ACTIVITY = "unknown-activity"
    UNKNOWN_AGREEMENT = "unknown-agreement"
    UNKNOWN_LIFECYCLE = "unknown-lifecycle"
    UNKNOWN_CONNECTOR = "unknown-connector"
    UNKNOWN_DATUM = "unknown-datum"
    UNKNOWN_PROCEDURE = "unknown-procedure"
    UNKNOWN_EVENT = "unknown-event"
    UNKNOWN_KIND = "unknown-kind"
    RESERVED_NAME = "reserved-name"
    # fields
    OPTIONS_MISSING = "options-missing"
    OPTIONS_UNUSED = "options-unused"
    KINDS_MISSING = "kinds-missing"
    COLUMNS_MISSING = "columns-missing"
    DEFAULT_UNREADABLE = "default-unreadable"
    SAVES_OTHER_TYPE = "saves-other-type"
    # steps
    NO_STEPS = "no-steps"
    VERBS_CLASH = "verbs-clash"
    GO_OTHER_TRACK = "go-other-track"
    GO_AND_END = "go-and-end"
    BRANCH_NOWHERE = "branch-nowhere"
    BRANCH_AFTER_PLAIN = "branch-after-plain"
    WAIT_NEEDS = "wait-needs"
    PERSON_NOT_A_PERSON = "person-not-a-person"
    NOT_FOR_THE_PUBLIC = "not-for-the-public"
    ELSE_MISSING = "else-missing"
    INTO_NOT_FILES = "into-not-files"
    ADD_NOT_A_TABLE = "add-not-a-table"
    # what is outside
    SHEET_COLUMNS = "sheet-columns"
    MAP_UNREADABLE = "map-unreadable"
    CONNECTOR_NEEDS = "connector-needs"
    ANSWER_OTHER_TYPE = "answer-other-type"
    ANSWERS_NOTHING = "answers-nothing"
    WAIT_READS_CLOCK = "wait-reads-clock"
    OPENS_ITSELF = "opens-itself"
    # expressions and merge fields
    EXPRESSION_EMPTY = "expression-empty"
    EXPRESSION_TOO_LONG = "expression-too-long"
    EXPRESSION_TOO_BIG = "expression-too-big"
    EXPRESSION_CHARACTER = "expression-character"
    EXPRESSION_TEXT_OPEN = "expression-text-open"
    EXPRESSION_NUMBER = "expression-number"
    EXPRESSION_EXPECTED = "expression-expected"
    EXPRESSION_OPERATOR = "expression-operator"
    EXPRESSION_CHAINED = "expression-chained"
    EXPRESSION_UNKNOWN_NAME = "expression-unknown-name"
    EXPRESSION_UNKNOWN_FUNCTION = "expression-unknown-function"
    EXPRESSION_ARGUMENTS = "expression-arguments"
    EXPRESSION_TYPES = "expression-types"
    EXPRESSION_WRONG_TYPE = "expression-wrong-type"
    EXPRESSION_MIXED_LIST = "expression-mixed-list"
    EXPRESSION_UNKNOWN_VALUE = "expression-unknown-value"
    EXPRESSION_UNKNOWN_COLUMN = "expression-unknown-column"
    TEXT_CIRCLE = "text-circle"
    MERGE_FIELD_OPEN = "merge-field-open"
    # tables
    TABLE_ROW_WIDTH = "table-row-width"
    TABLE_CELL = "table-cell"
    TABLE_OUTPUT = "table-output"
    TABLE_COLLECT_FIELD = "table-collect-field"
    TABLE_NO_ROWS = "table-no-rows"
    TABLE_OVERLAP = "table-overlap"
    TABLE_GAP = "table-gap"
    TABLE_ROW_DEAD = "table-row-dead"
    # questionnaires
    QUESTION_TYPE = "question-type"
    POINTS_MISSING = "points-missing"
    BAD_POINTS = "bad-points"
    BAND_GAP = "band-gap"
    BAND_OVERLAP = "band-overlap"
    # calendars
    CALENDAR_HOURS = "calendar-hours"
    CALENDAR_REFUSED = "calendar-refused"
    # the whole
    ALARM_AT = "alarm-at"
    TEMPLATE_MISSING = "template-missing"
    CHANNEL_NOT_WRITTEN = "channel-not-written"
    STEP_UNREACHABLE = "step-unreachable"
    STEP_NO_END = "step-no-end"
    STEP_LOOP = "step-loop"
    STEP_NO_WAY_ON = "step-no-way-on"
    BRANCH_DEAD = "branch-dead"
    CONDITION_CONSTANT = "condition-constant"
    WAIT_WITHOUT_WAY_OUT = "wait-without-way-out"
    EVENT_NEVER = "event-never"
    DEADLINE_NEVER_STOPS = "deadline-never-stops"
    ALARM_OUTSIDE = "alarm-outside"
    DATUM_NOT_ASKED = "datum-not-asked"
    NAME_NEVER_SET = "name-never-set"
    APPROVED_BEFORE_PREPARED = "approved-before-prepared"
    ROLE_NOT_AT_OFFICE = "role-not-at-office"
    DUTY_OF_NOBODY = "duty-of-nobody"
    DUTY_OF_SEVERAL = "duty-of-several"
    DUTY_OF_ANOTHER = "duty-of-another"
    CHANGE_VERSION = "change-version"
    TIMES_DIFFER = "times-differ"
    RELATED_UNDEFINED = "related-undefined"
    STARTS_DIFFER = "starts-differ"
    LIMIT_MISSING = "limit-missing"
    WHO_DIFFERS = "who-differs"
    NOT_ON_EVERY_WAY = "not-on-every-way"
    STEPS_DO_NOT_FIT = "steps-do-not-fit"
    SPOKEN_NOT_KEPT = "spoken-not-kept"
    TWO_MEANINGS = "two-meanings"
    SCALES_DIFFER = "scales-differ"
    DATUM_ASKED_TWICE = "datum-asked-twice"
    SCRIPT_ASKS_MORE = "script-asks-more"
    MEDIUM_NOT_OF_MESSAGE = "medium-not-of-message"
    NOBODY_SPEAKS = "nobody-speaks"
    OWN_APPROVAL = "own-approval"
    UNKNOWN_UNIT = "unknown-unit"
    ROLE_AWAY = "role-away"
    UNUSED_FIELD = "unused-field"
    UNUSED_MESSAGE = "unused-message"
    UNUSED_SCRIPT = "unused-script"
    UNUSED_QUESTIONNAIRE = "unused-questionnaire"
    UNUSED_TEXT = "unused-text"
    UNUSED_TABLE = "unused-table"
    UNUSED_CHECKLIST = "unused-checklist"
    SCHEDULE_WITHOUT_END = "schedule-without-end"
    SCHEDULE_DOES_NOTHING = "schedule-does-nothing"
    UNUSED_ROLE = "unused-role"
    QUEUE_WITHOUT_COUNTER = "queue-without-counter"
    UNUSED_CONNECTOR = "unused-connector"
    # scenarios
    UNKNOWN_PERSON = "unknown-person"
    UNKNOWN_PARTY = "unknown-party"
    VALUE_UNREADABLE = "value-unreadable"


WARNINGS = frozenset(
    {
        Code.OPTIONS_UNUSED,
        Code.TABLE_GAP,
        Code.TABLE_ROW_DEAD,
        Code.CONDITION_CONSTANT,
        Code.WAIT_WITHOUT_WAY_OUT,
        Code.DEADLINE_NEVER_STOPS,
        Code.ALARM_OUTSIDE,
        Code.DATUM_NOT_ASKED,
        Code.NAME_NEVER_SET,
        Code.APPROVED_BEFORE_PREPARED,
        Code.ROLE_NOT_AT_OFFICE,
        Code.DUTY_OF_NOBODY,
        Code.DUTY_OF_SEVERAL,
        Code.DUTY_OF_ANOTHER,
        Code.CHANGE_VERSION,
        Code.TIMES_DIFFER,
        Code.RELATED_UNDEFINED,
        Code.STARTS_DIFFER,
        Code.LIMIT_MISSING,
        Code.WHO_DIFFERS,
        Code.NOT_ON_EVERY_WAY,
        Code.STEPS_DO_NOT_FIT,
        Code.SPOKEN_NOT_KEPT,
        Code.TWO_MEANINGS,
        Code.SCALES_DIFFER,
        Code.DATUM_ASKED_TWICE,
        Code.SCRIPT_ASKS_MORE,
        Code.MEDIUM_NOT_OF_MESSAGE,
        Code.NOBODY_SPEAKS,
        Code.OWN_APPROVAL,
        Code.UNKNOWN_UNIT,
        Code.ROLE_AWAY,
        Code.UNUSED_FIELD,
        Code.UNUSED_MESSAGE,
        Code.UNUSED_SCRIPT,
        Code.UNUSED_QUESTIONNAIRE,
        Code.UNUSED_TEXT,
        Code.UNUSED_TABLE,
        Code.TEMPLATE_MISSING,
        Code.UNUSED_CHECKLIST,
        Code.SCHEDULE_WITHOUT_END,
        Code.SCHEDULE_DOES_NOTHING,
        Code.UNUSED_ROLE,
        Code.QUEUE_WITHOUT_COUNTER,
        Code.UNUSED_CONNECTOR,
    }
)
"""Problems with which a pack may still be put in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong at a place. ``near`` among the parameters is what was probably meant."""

    code: Code
    mark: Mark
    params: MappingABC[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR


class Problems:
    """Collects what is wrong while reading goes on, so that an author sees all of it at once."""

    def __init__(self) -> None:
        self._found: dict[tuple[Code, Mark, tuple[tuple[str, str], ...]], Problem] = {}

    def add(self, code: Code, mark: Mark, **params: str) -> None:
        problem = Problem(code=code, mark=mark, params=params)
        self._found.setdefault((code, mark, tuple(sorted(params.items()))), problem)

    def extend(self, problems: "tuple[Problem, ...]") -> None:
        for problem in problems:
            self.add(problem.code, problem.mark, **problem.params)

    @property
    def any_error(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self._found.values())

    def errors_in(self, file: str) -> bool:
        found = (problem for problem in self._found.values() if problem.mark.file == file)
        return any(problem.severity is Severity.ERROR for problem in found)

    def sorted(self) -> tuple[Problem, ...]:
        """Everything found, in the order in which an author reads the files."""
        return tuple(sorted(self._found.values(), key=lambda problem: (problem.mark, problem.code)))


def near(name: str, known: "MappingABC[str, object] | frozenset[str] | tuple[str, ...]") -> str:
    """What was probably meant by a name that is not known, or an empty text."""
    folded = {candidate.casefold(): candidate for candidate in sorted(known)}
    found = get_close_matches(name[:80].casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""
