/** Where a page of a past version has its addresses; nothing on a page of the present. */
export const root = /^\/versions\/\d+(?=\/)/.exec(location.pathname)?.[0] ?? "";
