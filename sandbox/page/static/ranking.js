// How well what was typed fits a name: the same rule for commands, people, channels, choices and emoji.

/**
 * Higher is better, -1 is no fit. Each typed word must begin a word of `main`, or from three letters on have its
 * letters there in that order ("jsub" → "jobs subscribe"), or begin a word of `more`.
 */
export function fit(typed, main, more = "") {
  const wanted = split(typed);
  const words = split(main);
  const others = split(more);
  let score = wanted.length && main.toLowerCase().startsWith(typed.toLowerCase().trim()) ? 10 : 0;
  for (const word of wanted) {
    const long = word.length > 2;
    if (words.some((each) => each.startsWith(word))) score += 3;
    else if (long && others.some((each) => each.startsWith(word))) score += 1;
    else if (long && words.some((each) => each.startsWith(word[0])) && scattered(word, main)) score += 0.5;
    else return -1;
  }
  return score;
}

/** The items that fit, best first; equal ones stay in their order. text(item) → [main, more]. */
export function best(items, typed, text) {
  return items
    .map((item) => ({ item, score: fit(typed, ...text(item)) }))
    .filter(({ score }) => score >= 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

function split(text) {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function scattered(letters, text) {
  let at = -1;
  return [...letters].every((letter) => (at = text.toLowerCase().indexOf(letter, at + 1)) >= 0);
}
