/** Marks the headings of the cell of a matrix that is pointed at, or has the focus. */

const MARK = "at";

export function followCells(): void {
  for (const event of ["pointerover", "focusin"]) {
    document.addEventListener(event, ({ target }) => follow(target));
  }
}

function follow(target: EventTarget | null): void {
  for (const heading of document.querySelectorAll(`.matrix .${MARK}`)) heading.classList.remove(MARK);
  const cell = target instanceof Element ? target.closest<HTMLTableCellElement>(".matrix td") : null;
  const row = cell?.parentElement;
  const table = cell?.closest("table");
  if (!cell || !(row instanceof HTMLTableRowElement)) return;
  row.cells[0]?.classList.add(MARK);
  table?.tHead?.rows[0]?.cells[cell.cellIndex]?.classList.add(MARK);
}
