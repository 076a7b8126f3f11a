"""How the picture looks: its colours by day and by night, its type, its small signs."""

from collections.abc import Mapping

from ventanilla.core.drawing.graph import NodeKind

STYLE = """
svg { --paper:#ffffff; --ink:#1d2733; --soft:#5b6878; --line:#6b7888; --rule:#d5dbe2;
 --head:#1f3a5f; --on-head:#ffffff; --lane:#eef2f6; --task:#ffffff; --task-edge:#2c5a8f;
 --auto:#eef0f2; --auto-edge:#8390a0; --wait:#fff6df; --wait-edge:#b0801a;
 --choice:#fde9b8; --choice-edge:#b0801a; --clock:#9c2f12; --clock-paper:#fdebe4;
 --end:#1d2733; --end-paper:#e7ebef; --start:#1f7a4d; --start-paper:#dff3e8; --return:#7a5fa8;
 color:var(--ink); font-family:system-ui,"Liberation Sans",sans-serif; }
@media (prefers-color-scheme: dark) { svg { --paper:#12171d; --ink:#e6ebf0; --soft:#a3b0be;
 --line:#8b99a8; --rule:#323c47; --head:#26466f; --on-head:#f3f7fb; --lane:#1b232c;
 --task:#1a2633; --task-edge:#6ea3dd; --auto:#20262d; --auto-edge:#7c8997; --wait:#2b2413;
 --wait-edge:#d7a84a; --choice:#4a3a12; --choice-edge:#e0b354; --clock:#ff9c7d;
 --clock-paper:#3a1d14; --end:#e6ebf0; --end-paper:#2a323b; --start:#5cc893;
 --start-paper:#153325; --return:#b59ce0; } }
@media print { svg { --paper:#ffffff; } }
text { fill:currentColor; font-size:11px; }
.paper { fill:var(--paper); }
.sheet { fill:none; stroke:var(--rule); stroke-width:1.2; }
.head { fill:var(--head); } .head-text { fill:var(--on-head); font-size:15px; font-weight:600; }
.head-side { fill:var(--on-head); font-size:11px; opacity:.85; }
.lane-head { fill:var(--lane); } .lane-text { font-size:13px; font-weight:600; }
.wall { stroke:var(--rule); stroke-width:1.2; fill:none; }
.title { font-size:13px; } .note { fill:var(--soft); font-size:11px; }
.task { fill:var(--task); stroke:var(--task-edge); stroke-width:1.6; }
.auto { fill:var(--auto); stroke:var(--auto-edge); stroke-width:1.2; stroke-dasharray:5 3; }
.wait { fill:var(--wait); stroke:var(--wait-edge); stroke-width:1.4; }
.choice { fill:var(--choice); stroke:var(--choice-edge); stroke-width:1.5; }
.sign { fill:none; stroke:var(--soft); stroke-width:1.4; stroke-linecap:round;
 stroke-linejoin:round; }
.line { fill:none; stroke:var(--line); stroke-width:1.5; }
.line.back { stroke:var(--return); }
.tip { fill:var(--line); } .tip.back { fill:var(--return); }
.words { fill:var(--paper); stroke:var(--rule); stroke-width:1; }
.words.back { stroke:var(--return); stroke-opacity:.55; }
.said { fill:var(--ink); } .other { fill:var(--soft); font-style:italic; }
.clock { fill:var(--clock-paper); stroke:var(--clock); stroke-width:1.3; }
.hands { fill:none; stroke:var(--clock); stroke-width:1.3; stroke-linecap:round; }
.tag { fill:var(--clock-paper); } .tag-text { fill:var(--clock); font-weight:600; }
.start { fill:var(--start-paper); stroke:var(--start); stroke-width:2; }
.ring { fill:var(--end-paper); stroke:var(--end); stroke-width:3.4; }
.result { font-size:12px; font-weight:600; }
.jump { fill:var(--paper); stroke:var(--return); stroke-width:1.2; stroke-dasharray:2 2; }
""".strip()

LOOKS: Mapping[NodeKind, str] = {
    NodeKind.TASK: "task",
    NodeKind.SIGN: "task",
    NodeKind.SEND: "auto",
    NodeKind.DECIDE: "auto",
    NodeKind.SCORE: "auto",
    NodeKind.RECORD: "auto",
    NodeKind.CHECK: "auto",
    NodeKind.OPEN: "auto",
    NodeKind.JUNCTION: "auto",
    NodeKind.REMINDER: "auto",
    NodeKind.WAIT: "wait",
    NodeKind.WAIT_UNTIL: "wait",
}

_LETTER = "M1 3h14v10H1zM1 3.5l7 5.5 7-5.5"
_HOURGLASS = (
    "M3 1.5h10M3 14.5h10M4.5 1.5c0 4 3.5 4.5 3.5 6.5s-3.5 2.5-3.5 6.5"
    "M11.5 1.5c0 4-3.5 4.5-3.5 6.5s3.5 2.5 3.5 6.5"
)
SIGNS: Mapping[NodeKind, str] = {
    NodeKind.TASK: "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5",
    NodeKind.SIGN: "M2 14h12M3 11l1-3.5 6.5-6.5 2.5 2.5-6.5 6.5z",
    NodeKind.SEND: _LETTER,
    NodeKind.REMINDER: _LETTER,
    NodeKind.DECIDE: "M1.5 2.5h13v11h-13zM1.5 6.5h13M1.5 10h13M6 2.5v11",
    NodeKind.SCORE: "M2 14h12M4 14v-4M8 14v-7M12 14v-11",
    NodeKind.RECORD: "M2.5 4c0-3 11-3 11 0v8c0 3-11 3-11 0z"
    "M2.5 4c0 3 11 3 11 0M2.5 8c0 3 11 3 11 0",
    NodeKind.CHECK: "M6 1v4M10 1v4M3.5 5h9v3a4.5 4.5 0 0 1-9 0zM8 12.5V15",
    NodeKind.OPEN: "M2 3h7v9H2zM12 5v6M9.5 8h5",
    NodeKind.JUNCTION: "M3 8h10M9.5 4.5 13 8l-3.5 3.5",
    NodeKind.WAIT: _HOURGLASS,
    NodeKind.WAIT_UNTIL: _HOURGLASS,
}
"""Strokes on a field of sixteen by sixteen."""
