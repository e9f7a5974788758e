// What an option accepts: its list, if it has one, and its text read as the value that Discord's client would send.

import { state } from "./app.js";

export const STRING = 3;
export const INTEGER = 4;
export const BOOLEAN = 5;
export const USER = 6;
export const CHANNEL = 7;
export const ROLE = 8;
export const MENTIONABLE = 9;
export const NUMBER = 10;
export const ATTACHMENT = 11;

const LONGEST = 6000; // Discord's limit of a text option
const KINDS = { text: [0, 5], forum: [15], thread: [11], private_thread: [12] }; // a place's kind → channel types
const YES_NO = { true: "True", false: "False" };
const NOT_LISTED = {
  [USER]: "Nobody here is called that. Choose from the list.",
  [MENTIONABLE]: "Nobody here is called that. Choose from the list.",
  [CHANNEL]: "There is no such channel to choose. Take one from the list.",
};

/** Everything that may be chosen: [{label, hint?, value, text}]; null when the option is written freely. */
export function listOf(option) {
  const { choices } = option;
  if (choices?.length) return choices.map(({ name, value }) => ({ label: name, value, text: name }));
  switch (option.type) {
    case BOOLEAN: return [true, false].map((value) => ({ label: YES_NO[value], value, text: YES_NO[value] }));
    case USER: return people();
    case ROLE: return roles();
    case MENTIONABLE: return [...people(), ...roles()];
    case CHANNEL: return channels(option.channel_types ?? []);
    default: return null;
  }
}

function people() {
  return (state.people ?? []).map(({ id, name, label, bot }) => ({
    label, hint: bot ? "App" : `@${name}`, who: { id, name, label }, value: id, text: `@${name}`,
  }));
}

function roles() {
  return (state.roles ?? []).map(({ id, name }) => {
    const shown = name.startsWith("@") ? name : `@${name}`;
    return { label: shown, hint: "Role", icon: "@", value: id, text: shown };
  });
}

function channels(types) {
  return (state.places ?? [])
    .filter(({ kind }) => kind !== "dm" && (!types.length || KINDS[kind]?.some((type) => types.includes(type))))
    .map(({ id, name }) => ({ label: name, icon: "#", value: id, text: `#${name}` }));
}

/**
 * The value of a text typed for an option: {value}, {} for an empty optional one, or {words} when it may not be sent.
 * picked: the item that was taken from a list, with the text it stands for.
 */
export function valueOf(option, text, picked) {
  const typed = text.trim();
  if (!typed) return option.required ? { words: "This one is needed." } : {};
  if (picked?.text === text) return { value: picked.value };
  const list = listOf(option);
  if (list) return listed(option, list, typed);
  return option.type === STRING ? written(option, typed) : number(option, typed);
}

function listed(option, list, typed) {
  const bare = (name) => name.toLowerCase().replace(/^[@#]/, "");
  const found = list.find(({ text, label }) => [text, label].some((name) => bare(name) === bare(typed)));
  return found ? { value: found.value } : { words: NOT_LISTED[option.type] ?? "Choose one from the list." };
}

function written(option, typed) {
  const length = [...typed].length;
  const least = option.min_length ?? 0;
  const most = option.max_length ?? LONGEST;
  if (length < least) return { words: `Write at least ${letters(least)}; this has ${length}.` };
  if (length > most) return { words: `Write at most ${letters(most)}; this has ${length}.` };
  return { value: typed };
}

function letters(count) {
  return count === 1 ? "1 character" : `${count} characters`;
}

function number(option, typed) {
  const whole = option.type === INTEGER;
  const value = Number(typed.replace(",", "."));
  if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) {
    return { words: whole ? "Write a whole number, such as 3." : "Write a number, such as 2.5." };
  }
  const { min_value: least, max_value: most } = option;
  if (least !== null && least !== undefined && value < least) return { words: `The smallest number is ${least}.` };
  if (most !== null && most !== undefined && value > most) return { words: `The largest number is ${most}.` };
  return { value };
}

/** What an option is for: its description; null when its author wrote none, which discord.py sends as "…". */
export function aboutOption({ description }) {
  return /\p{L}/u.test(description) ? description : null;
}

/** What an option wants, in a word or two. */
export function kindWords(option) {
  if (option.choices?.length) return "one of the list";
  return {
    [STRING]: "text",
    [INTEGER]: "a whole number",
    [BOOLEAN]: "true or false",
    [USER]: "a person",
    [CHANNEL]: "a channel",
    [ROLE]: "a role",
    [MENTIONABLE]: "a person or role",
    [NUMBER]: "a number",
    [ATTACHMENT]: "a file",
  }[option.type];
}
