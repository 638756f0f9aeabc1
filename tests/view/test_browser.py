"""The page as it is used, in a headless Chromium."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.view.reports import gold, golds, with_finding
from viet_report_ie import Report, extract
from viet_report_ie.view import render

REQUIRED = bool(os.environ.get("VIET_REPORT_IE_BROWSER"))
"""Set where the browser must be there: a machine without it may skip these tests, the full check may not."""
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync --hide-scrollbars"
)
DESKTOP, PHONE = (1280, 900), (390, 844)

Open = Callable[..., webdriver.Chrome]


def without(what: str) -> None:
    if REQUIRED:
        pytest.fail(f"{what} is not there")
    pytest.skip(f"{what} is not there")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    binary, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or chromedriver is None:
        without("Chromium with its driver")
    options = webdriver.ChromeOptions()
    options.binary_location = str(binary)
    for flag in (*FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    yield driver
    driver.quit()


@pytest.fixture
def open_page(browser: webdriver.Chrome, tmp_path: Path) -> Open:
    def open_it(*reports: Report, size: tuple[int, int] = DESKTOP, scheme: str = "light") -> webdriver.Chrome:
        path = tmp_path / "page.html"
        path.write_text(render(reports), encoding="utf-8")
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
        browser.get_log("performance")
        browser.get("about:blank")
        browser.get(path.as_uri())
        return browser

    return open_it


def texts(browser: webdriver.Chrome, selector: str) -> list[str]:
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)", selector
    )
    return found


def run(browser: webdriver.Chrome, script: str, *arguments: object) -> Any:
    return browser.execute_script(script, *arguments)


def click(browser: webdriver.Chrome, selector: str) -> None:
    run(browser, "document.querySelector(arguments[0]).click()", selector)


def visible(browser: webdriver.Chrome, selector: str) -> bool:
    return bool(browser.find_element("css selector", selector).is_displayed())


def test_no_request_and_no_error(open_page: Open) -> None:
    browser = open_page(gold())
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    requests = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    asked = [url for url in requests if not url.startswith(("data:", "about:"))]
    assert len(asked) == 1
    assert asked[0].startswith("file:")
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("name", ["dai_hoi_kkt_hai_phong", "ngan_sach"])
def test_a_row_lights_its_words_each_role_in_its_shade(open_page: Open, name: str) -> None:
    report = gold(name)
    browser = open_page(report)
    lit = run(
        browser,
        """
        const text = (wanted) => [...document.querySelectorAll(wanted)].map((e) => e.textContent).join("");
        return [...document.querySelectorAll("tr[data-figure]")].map((row) => {
          row.querySelector(".pick").click();
          return [text("tr.picked .pick"), ...["q", "i", "p", "b"].map((role) => text(`.lit.${role}`))];
        });
        """,
    )
    assert lit == [
        [found.indicator.text if found.indicator else "—"]
        + [span.text if span else "" for span in (found.quantity, found.indicator, found.period, found.base)]
        for found in report.measurements
    ]
    shades = run(
        browser,
        "return ['q', 'i', 'p', 'b'].map((role) => { const e = document.createElement('span');"
        " e.className = `lit ${role}`; document.body.append(e);"
        " return getComputedStyle(e).backgroundColor; })",
    )
    assert len(set(shades)) == 4


def test_a_row_scrolls_to_its_words(open_page: Open) -> None:
    report = gold()
    browser = open_page(report)
    last = len(report.measurements) - 1
    in_sight = (
        "const b = document.querySelector('[data-f~=\"' + arguments[0] + '\"]').getBoundingClientRect();"
    )
    in_sight += "return b.top >= 0 && b.bottom <= innerHeight"
    assert not run(browser, in_sight, f"{last}q")
    click(browser, f'tr[data-figure="{last}"]')
    assert run(browser, in_sight, f"{last}q")


def test_words_select_their_row(open_page: Open) -> None:
    browser = open_page(gold())
    click(browser, '[data-tab="officials"]')
    click(browser, '[data-f~="5q"]')
    assert texts(browser, "tr.picked") == texts(browser, 'tr[data-figure="5"]')
    assert visible(browser, "tr.picked")


def test_words_of_several_figures_take_turns(open_page: Open) -> None:
    report = gold()
    browser = open_page(report)
    shared = run(browser, "return [...document.querySelectorAll('.m')].find((m) => m.dataset.l === 'DATE' &&"
                          " m.querySelector('[data-f]')?.dataset.f.includes(' '))")  # fmt: skip
    assert shared is not None
    picked = []
    for _ in range(2):
        run(browser, "arguments[0].click()", shared)
        picked.append(run(browser, "return document.querySelector('tr.picked').dataset.figure"))
    assert picked[0] != picked[1]


def test_an_official_lights_every_mention(open_page: Open) -> None:
    report = gold()
    browser = open_page(report)
    click(browser, '[data-key="o0"]')
    assert texts(browser, ".m.PERSON.same") == [
        entity.text for entity in report.entities if entity.id in report.officials[0].mentions
    ]


def test_filter_and_selects_narrow_the_table(open_page: Open) -> None:
    report = gold()
    browser = open_page(report)
    field = browser.find_element("css selector", "main [data-filter]")
    field.send_keys("USD")
    usd = sum("USD" in found.quantity.unit for found in report.measurements)
    assert len(texts(browser, "tbody tr:not([hidden])")) == usd > 0
    assert texts(browser, ".shown") == [f"{usd} / {len(report.measurements)}"]
    field.clear()
    field.send_keys("khong co")
    assert visible(browser, ".none")
    field.clear()
    field.send_keys(" ")
    run(browser, "const s = document.querySelector('[data-field=status]'); s.value = 'target';"
                 "s.dispatchEvent(new Event('input', { bubbles: true }))")  # fmt: skip
    targets = sum(found.status == "target" for found in report.measurements)
    assert len(texts(browser, "tbody tr:not([hidden])")) == targets > 0


def test_columns_sort_both_ways(open_page: Open) -> None:
    browser = open_page(gold())
    values = "return [...document.querySelectorAll('tbody tr')].filter((r) => r.dataset.unit === '%')"
    values += ".map((r) => +r.dataset.number)"
    click(browser, '[data-sort="quantity"]')
    rising = run(browser, values)
    click(browser, '[data-sort="quantity"]')
    assert rising == sorted(rising)
    assert run(browser, values) == sorted(rising, reverse=True)
    assert (
        run(browser, "return document.querySelector('th.quantity').getAttribute('aria-sort')") == "descending"
    )


def test_script_of_an_article_shows_as_text(open_page: Open) -> None:
    evil = '<script>document.title="owned"</script><img src=x onerror="document.title=1"> có 12 huyện'
    browser = open_page(extract(evil, id="evil"))
    assert browser.title.startswith("evil")
    assert texts(browser, ".text p") == [evil]
    assert texts(browser, ".text script, img") == []
    assert browser.get_log("browser") == []


def test_keyboard_moves_explains_and_selects(open_page: Open) -> None:
    browser = open_page(gold())
    keys = ActionChains(browser)
    for _ in range(60):
        keys.send_keys(Keys.TAB).perform()
        if run(browser, "return document.activeElement.matches('.m')"):
            break
    focused = "return document.activeElement.dataset.e"
    first = run(browser, focused)
    assert visible(browser, "#tip")
    keys.send_keys(Keys.ARROW_RIGHT).perform()
    assert run(browser, focused) != first
    quantity = run(browser, "const q = document.querySelector('[data-f~=\"3q\"]').closest('.m');"
                            " q.focus(); return q.dataset.e")  # fmt: skip
    keys.send_keys(Keys.ENTER).perform()
    assert run(browser, focused) == quantity
    assert run(browser, "return document.querySelector('tr.picked').dataset.figure") == "3"
    keys.send_keys(Keys.ESCAPE).perform()
    assert texts(browser, "tr.picked, .lit") == []


def test_hovering_tells_what_a_mention_is_part_of(open_page: Open) -> None:
    report = gold()
    browser = open_page(report)
    person = browser.find_element("css selector", ".m.PERSON")
    ActionChains(browser).move_to_element(person).perform()
    [told] = texts(browser, "#tip")
    assert report.officials[0].positions[0].title in told


def test_the_legend_turns_a_label_off(open_page: Open) -> None:
    browser = open_page(gold())
    click(browser, '[data-label="ORG"]')
    assert len(texts(browser, ".m.ORG.off")) == len(texts(browser, ".m.ORG")) > 0
    assert texts(browser, ".m.PERSON.off") == []
    click(browser, '[data-label="ORG"]')
    assert texts(browser, ".m.off") == []


def test_labels_change_their_language(open_page: Open) -> None:
    browser = open_page(gold())
    before = texts(browser, ".text")
    click(browser, "#language")
    assert "Officials" in "".join(texts(browser, "[data-tab]"))
    assert run(browser, "return document.documentElement.lang") == "en"
    assert (
        run(browser, "return document.querySelector('main [data-filter]').placeholder") == "Filter figures…"
    )
    assert texts(browser, ".text") == before


def test_the_theme_changes(open_page: Open) -> None:
    browser = open_page(gold())
    paper = "return getComputedStyle(document.body).backgroundColor"
    light = run(browser, paper)
    click(browser, "#theme")
    assert run(browser, paper) != light


def test_a_finding_stands_out_and_lights_its_figure(open_page: Open) -> None:
    report = with_finding(gold())
    browser = open_page(report)
    assert visible(browser, ".finding")
    assert len(texts(browser, "[data-troubled]")) == 1
    click(browser, ".finding")
    assert "".join(texts(browser, ".lit.q")) == report.measurements[1].quantity.text


def test_an_index_leads_to_each_article(open_page: Open) -> None:
    names = list(golds())
    browser = open_page(*golds().values())
    assert visible(browser, "#index")
    browser.find_element("css selector", "#index [data-filter]").send_keys("ngan_sach")
    assert len(texts(browser, "#index li:not([hidden])")) == 1
    click(browser, f'a[href="#a{names.index("ngan_sach") + 1}"]')
    assert texts(browser, "main.open h1") == ["ngan_sach"]
    assert not visible(browser, "#index")
    browser.back()
    assert visible(browser, "#index")


def test_on_a_phone_a_row_leads_to_the_article(open_page: Open) -> None:
    report = gold()
    browser = open_page(report, size=PHONE)
    assert visible(browser, ".text")
    click(browser, '[data-tab="figures"]')
    assert not visible(browser, ".text")
    click(browser, 'tr[data-figure="2"]')
    assert visible(browser, ".text")
    assert report.measurements[2].quantity.text in "".join(texts(browser, "#tip"))
    assert visible(browser, "#tip")


def test_the_frame_of_a_notebook_works(open_page: Open, tmp_path: Path) -> None:
    report = gold("tin_van_cong_nghiep")
    browser = open_page(report)
    cell = tmp_path / "cell.html"
    cell.write_text(f"<!doctype html><meta charset='utf-8'>{report._repr_html_()}", encoding="utf-8")
    browser.get(cell.as_uri())
    browser.switch_to.frame(0)
    click(browser, 'tr[data-figure="0"] .pick')
    assert "".join(texts(browser, ".lit.q")) == report.measurements[0].quantity.text
    browser.switch_to.default_content()
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_print_shows_everything_and_no_controls(open_page: Open) -> None:
    browser = open_page(gold())
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    for selector in (
        ".text",
        "table.figures",
        "[data-panel=officials] .card",
        "[data-panel=documents] .card",
    ):
        assert visible(browser, selector)
    for selector in (".tabs", ".filters", ".bar"):
        assert not visible(browser, selector)


def test_without_script_all_is_there(open_page: Open, browser: webdriver.Chrome) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        open_page(gold())
        for selector in (".text", "table.figures", "[data-panel=officials] .card"):
            assert visible(browser, selector)
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("size", [DESKTOP, PHONE, (820, 1180), (1920, 1080)])
def test_nothing_is_wider_than_the_window(open_page: Open, tmp_path: Path, size: tuple[int, int]) -> None:
    browser = open_page(with_finding(gold()), size=size)
    for tab in ("figures", "officials", "zones", "documents", "compare"):
        click(browser, f'[data-tab="{tab}"]')
        assert run(browser, "return document.documentElement.scrollWidth") <= size[0]
    picture = tmp_path / "page.png"
    assert browser.save_screenshot(str(picture))
    assert picture.stat().st_size > 10_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_accessible(open_page: Open, size: tuple[int, int], scheme: str) -> None:
    axe = Path(os.environ.get("VIET_REPORT_IE_AXE", "axe.min.js"))
    if not axe.is_file():
        without("axe-core")
    browser = open_page(with_finding(gold()), size=size, scheme=scheme)
    run(browser, "document.querySelector('[data-label=ORG]').click()")
    code = axe.read_text(encoding="utf-8")
    for step in (".finding", "[data-tab=compare]"):
        click(browser, step)
        answer = browser.execute_cdp_cmd(
            "Runtime.evaluate",
            {"expression": f"{code};axe.run().then((r) => JSON.stringify(r))", "awaitPromise": True},
        )
        result = json.loads(answer["result"]["value"])
        assert len(result["passes"]) > 10
        serious = [v for v in result["violations"] if v["impact"] in ("serious", "critical")]
        assert [(v["id"], v["nodes"][0]["html"]) for v in serious] == []
