// What the composer offers while a message is typed: commands after a slash, names after @ and #.

import { state } from "./app.js";
import { candidates, completing } from "./mentions.js";
import { isCommand, offered, slashCommands } from "./slash_text.js";

/** Why what was typed is no command here, in words. */
export function noCommand() {
  if (!slashCommands().length) return "No commands are offered to you here.";
  return "There is no such command. Type / to see all.";
}

/** Show on the shelf what fits the text at the caret. commands: may a command begin here; open(command); done(). */
export function suggestFor(area, shelf, { commands, open, done }) {
  if (commands && isCommand(area.value)) return suggestCommands(area, shelf, open);
  const found = area.selectionStart === area.selectionEnd && completing(area.value, area.selectionStart);
  const items = found ? candidates(found.sigil, found.typed) : [];
  if (!items.length) return shelf.hide();
  return shelf.show(area, {
    title: found.sigil === "#" ? "Channels" : "People and roles",
    items,
    first: true,
    choose: (item) => {
      area.setRangeText(`${item.insert} `, found.start, found.start + found.typed.length + 1, "end");
      shelf.hide();
      done();
    },
  });
}

function suggestCommands(area, shelf, open) {
  const items = state.place?.can.commands ? offered(area.value) : [];
  shelf.show(area, {
    title: "Commands",
    items,
    words: items.length ? null : noCommand(),
    first: true,
    choose: ({ command }) => open(command, {}),
  });
}
