/** What every page has with scripts; each part is told of by the page itself, which works without. */

import { closeDoors, spellDates } from "./page/doors.ts";
import { followCells } from "./page/matrix.ts";
import { addSlider } from "./page/slider.ts";
import { suggest } from "./page/suggest.ts";

addSlider();
suggest();
followCells();
closeDoors();
spellDates();
