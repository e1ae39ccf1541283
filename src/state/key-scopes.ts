/**
 * Where in the console a key works. The dispatcher is handed the active ones, innermost first; `any` is the outermost.
 * The scope of an overlay is modal: keys do not leak past it.
 */
export type KeyScope =
  | 'any'
  | 'level'
  | 'subscriptions'
  | 'subscription'
  | 'requests'
  | 'journal'
  | 'entry'
  | 'reply'
  | 'today'
  | 'calls'
  | 'pictures'
  | 'bulk'
  | 'filter'
  | 'palette'
  | 'help'
  | 'menu'
  | 'sort-menu'
  | 'columns-menu'
  | 'values-menu'
  | 'views-menu'
  | 'form'
  | 'prompt'
  | 'waiting'
  | 'plan'
  | 'sending'
  | 'result'
  | 'notice'
  | 'leave';
