/* The filters over the questions. */
(() => {
  const list = document.getElementById("questions");
  const items = [...list.children];
  const paths = list.dataset.paths.split(" ").filter(Boolean);
  const fields = ["row", "right", "found", "read", "words"].map((id) =>
    document.getElementById(id),
  );

  const holds = (item, what, row) =>
    row === ""
      ? item.dataset[what].trim() !== ""
      : item.dataset[what].includes(` ${row} `);

  const wanted = (choice, is) => choice === "" || (choice === "yes") === is;

  const right = (item, choice, row) => {
    const those = paths.filter((path) => holds(item, "by", path));
    const [chosen] = fields[0].selectedOptions;
    switch (choice) {
      case "alone":
        return (
          those.length === 1 && (row === "" || those[0] === chosen.dataset.path)
        );
      case "every":
        return paths.length > 0 && those.length === paths.length;
      case "none":
        return those.length === 0 && holds(item, "judged", "");
      default:
        return wanted(choice, holds(item, "right", row));
    }
  };

  const show = () => {
    const [row, choice, found, read, words] = fields.map(
      (field) => field.value,
    );
    const searched = words.trim().toLowerCase();
    let shown = 0;
    for (const item of items) {
      const fits =
        right(item, choice, row) &&
        wanted(found, holds(item, "found", row)) &&
        wanted(read, holds(item, "read", row)) &&
        (searched === "" || item.textContent.toLowerCase().includes(searched));
      item.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    document.getElementById("count").textContent =
      `${shown} of ${items.length} questions`;
  };

  fields.forEach((field) => field.addEventListener("input", show));
  show();
})();
