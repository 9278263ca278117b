"use strict";
// One record is chosen at a time: its mark in the text and its row in the table are shown together.
(() => {
  const marks = [...document.querySelectorAll("mark")];
  const rows = [...document.querySelectorAll(".records tbody")];
  const left = [...document.querySelectorAll(".text u")];
  const chips = [...document.querySelectorAll(".chips button[data-field]")];
  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const marksOf = rows.map(() => []);
  for (const mark of marks) {
    for (const number of mark.dataset.records.split(" ")) marksOf[number - 1].push(mark);
  }
  let chosen = -1;
  let seenLeft = -1;

  document.documentElement.classList.add("js");

  const intoView = (element) => element?.scrollIntoView({ block: "center", inline: "nearest" });

  function choose(index) {
    if (chosen >= 0) [rows[chosen], ...marksOf[chosen]].forEach((each) => each.classList.remove("on"));
    chosen = index;
    [rows[index], ...marksOf[index]].forEach((each) => each.classList.add("on"));
    intoView(rows[index]);
    intoView(marksOf[index][0]);
    history.replaceState(null, "", `#r${index + 1}`);
    tell();
  }

  function step(by) {
    let index = chosen < 0 && by < 0 ? rows.length : chosen;
    do index += by; while (rows[index]?.hidden);
    if (rows[index]) choose(index);
  }

  function stepLeft() {
    if (!left.length) return;
    left[seenLeft]?.classList.remove("on");
    seenLeft = (seenLeft + 1) % left.length;
    left[seenLeft].classList.add("on");
    intoView(left[seenLeft]);
  }

  function pressed(field) {
    return chips.filter((chip) => chip.dataset.field === field && chip.ariaPressed === "true")
      .map((chip) => chip.dataset.value);
  }

  function sift() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = { measure: pressed("measure"), status: pressed("status") };
    rows.forEach((row, index) => {
      const fits = Object.entries(wanted).every(([field, names]) => !names.length || names.includes(row.dataset[field]));
      row.hidden = !(fits && words.every((word) => texts[index].includes(word)));
    });
    for (const mark of marks) {
      mark.classList.toggle("off", mark.dataset.records.split(" ").every((number) => rows[number - 1].hidden));
    }
    tell();
  }

  function tell() {
    const count = rows.filter((row) => !row.hidden).length;
    const place = chosen < 0 || rows[chosen].hidden ? "" : `${rows.slice(0, chosen + 1).filter((row) => !row.hidden).length} / `;
    shown.value = count === rows.length ? `${place}${count}` : `${place}${count} (${rows.length})`;
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    const row = event.target.closest(".records tbody");
    if (!mark && !row) return;
    if (window.getSelection().toString()) return; // somebody copies text
    event.preventDefault();
    if (row) return choose(rows.indexOf(row));
    const records = mark.dataset.records.split(" ").map((number) => number - 1);
    choose(records[(records.indexOf(chosen) + 1) % records.length]); // again: the next record of the same number
  });

  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.ariaPressed = String(chip.ariaPressed !== "true");
      sift();
    });
  }
  document.getElementById("next-left").addEventListener("click", stepLeft);
  filter.addEventListener("input", sift);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      filter.value = "";
      for (const chip of chips) chip.ariaPressed = "false";
      filter.blur();
      return sift();
    }
    if (event.target === filter) {
      if (event.key === "Enter") filter.blur();
      return;
    }
    const does = { j: () => step(1), k: () => step(-1), u: stepLeft, "/": () => filter.focus() }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });

  const asked = /^#[mr](\d+)$/.exec(location.hash);
  if (asked && rows[asked[1] - 1]) choose(asked[1] - 1);
  else tell();
})();
