"""What axe finds wrong on a page, as sentences."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def accessibility_faults(page: Page) -> list[str]:
    """One sentence for each element that breaks WCAG 2.2 AA or a best practice; none is right."""
    report = Axe().run(page, options=RULES).response
    return [
        f"{page.url}: {fault['id']} ({fault['impact']}): {fault['help']}: {node['html'][:160]}"
        for fault in report["violations"]
        for node in fault["nodes"]
    ]
