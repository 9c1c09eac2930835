"""The demo's pages in a browser, with a tag that does nothing: what a visitor sees, and that nothing moves."""

import pytest
from playwright.sync_api import Page

from tests.demo_site.control import DEMO, SITES
from tests.demo_site.test_pages import PAGES
from trimtab.loading import load_policy

LOOKS = [path for path in PAGES if not path.endswith("control.html")]
WIDTHS_PX = (320, 360, 390, 430, 520, 600, 700, 860, 959, 960, 1280, 1600)
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().filter((shift) => !shift.hadRecentInput)
  .map((shift) => shift.sources.map((source) => source.node?.outerHTML ?? source.node?.nodeName))))
  .observe({ type: "layout-shift", buffered: true });
"""
SWAP = """
for (const template of document.querySelectorAll("template[data-trimtab-variant]"))
  template.parentElement.replaceChildren(document.importNode(template.content, true));
"""
PLACES = """(selector) => [...document.querySelectorAll(selector)].flatMap((each) => {
  if (!each.getClientRects().length) return [];
  const { top, left, width, height } = each.getBoundingClientRect();
  return [[top + scrollY, left, width, height].map(Math.round)];
})"""
# Contrast as WCAG 2.2 defines it, of every element with text of its own against the nearest opaque background.
CONTRASTS = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parse(colour).slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const opaque = (colour) => parse(colour).length === 3 || parse(colour)[3] === 1;
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (opaque(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  for (const node of document.querySelectorAll("body *:not(svg *)")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (!own || !node.checkVisibility() || node.closest("template")) continue;
    const style = getComputedStyle(node);
    const [a, b] = [light(style.color), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) found.push([node.outerHTML.slice(0, 80), ratio]);
  }
  return found;
}"""


def address(demo: str, path: str) -> str:
    return demo + path.removesuffix("index.html")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width_px", [390, 1200])
def test_a_page_stands_still_says_nothing_in_the_console_and_asks_nobody_else(
    visit: Page, demo: str, path: str, width_px: int
) -> None:
    said: list[str] = []
    asked: list[str] = []
    visit.on("console", lambda message: said.append(message.text))
    visit.on("pageerror", lambda error: said.append(str(error)))
    visit.on("request", lambda request: asked.append(request.url))
    visit.add_init_script(WATCH_SHIFTS)
    visit.set_viewport_size({"width": width_px, "height": 800})

    visit.goto(address(demo, path), wait_until="networkidle")
    for _ in range(12):
        visit.mouse.wheel(0, 700)
    visit.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    assert said == []
    assert [url for url in asked if not url.startswith((demo, "data:"))] == []
    assert visit.evaluate("shifts") == []


@pytest.mark.parametrize("path", LOOKS)
def test_no_page_is_wider_than_its_window(visit: Page, demo: str, path: str) -> None:
    visit.goto(address(demo, path))
    for width_px in WIDTHS_PX:
        visit.set_viewport_size({"width": width_px, "height": 800})
        assert visit.evaluate("document.documentElement.scrollWidth") == width_px


@pytest.mark.parametrize("copy", ["index.html", "control.html"])
def test_every_section_of_the_news_has_its_text_under_its_heading(visit: Page, demo: str, copy: str) -> None:
    visit.set_viewport_size({"width": 1280, "height": 800})
    visit.goto(address(demo, f"news/{copy}"))
    for section in visit.locator("section:has(> h2)").all():
        heading, text = section.locator("> h2").bounding_box(), section.locator("> .prose").first.bounding_box()
        assert heading is not None
        assert text is not None
        assert (heading["x"], heading["y"] < text["y"]) == (text["x"], True)


@pytest.mark.parametrize("path", LOOKS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(visit: Page, demo: str, path: str, scheme: str) -> None:
    visit.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.goto(address(demo, path))

    assert visit.evaluate(CONTRASTS) == []


@pytest.mark.parametrize("folder", SITES)
def test_every_target_of_a_policy_is_on_its_page_with_the_variants_that_it_swaps_in(
    visit: Page, demo: str, folder: str
) -> None:
    policy = load_policy(DEMO / folder / "policy.py")
    visit.goto(f"{demo}{folder}/")
    for target in policy.targets:
        assert visit.locator(target.selector).count() > 0, target.name
    for adjustment in policy.adjustments:
        variant = dict(adjustment.do.arguments).get("variant")
        if variant:
            targets = visit.locator(adjustment.target.selector)
            assert targets.locator(f'> template[data-trimtab-variant="{variant}"]').count() == targets.count()


@pytest.mark.parametrize("folder", ["news", "course"])
def test_room_is_kept_for_either_variant_at_every_width(visit: Page, demo: str, folder: str) -> None:
    visit.goto(f"{demo}{folder}/control.html")
    others = "main *:not([data-summary] *, .exercise *)"
    before: dict[int, object] = {}
    for width_px in WIDTHS_PX:
        visit.set_viewport_size({"width": width_px, "height": 800})
        before[width_px] = visit.evaluate(PLACES, others)
    visit.evaluate(SWAP)
    for width_px in WIDTHS_PX:
        visit.set_viewport_size({"width": width_px, "height": 800})
        assert visit.evaluate(PLACES, others) == before[width_px], width_px


def test_the_shop_keeps_room_for_its_longer_promise_and_its_larger_button(visit: Page, demo: str) -> None:
    policy = load_policy(DEMO / "shop" / "policy.py")
    (promise,) = (dict(each.do.arguments)["text"] for each in policy.adjustments if each.do.kind == "text")
    (factor,) = (dict(each.do.arguments)["factor"] for each in policy.adjustments if each.do.kind == "scale")
    visit.goto(f"{demo}shop/control.html")
    plain = visit.locator(".promise").inner_text()
    for width_px in WIDTHS_PX:
        visit.set_viewport_size({"width": width_px, "height": 800})
        visit.evaluate("words => { document.querySelector('.promise').textContent = words }", plain)
        before = visit.evaluate(PLACES, "main *:not(.buy)")
        visit.evaluate("words => { document.querySelector('.promise').textContent = words }", promise)
        visit.evaluate("factor => { document.querySelector('.buy').style.scale = factor }", factor)
        ((top, left, width, height),) = visit.evaluate(PLACES, ".buy")
        ((place_top, place_left, place_width, place_height),) = visit.evaluate(PLACES, ".buy-place")

        assert visit.evaluate(PLACES, "main *:not(.buy)") == before
        assert (top, left) == (place_top, place_left)
        assert width <= place_width
        assert height <= place_height
        visit.evaluate("document.querySelector('.buy').style.scale = ''")
