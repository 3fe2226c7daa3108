/** Puts work off until nothing has asked for it for a while. */

export function later<Arguments extends unknown[]>(
  milliseconds: number,
  work: (...given: Arguments) => void,
): (...given: Arguments) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), milliseconds);
  };
}
