/**
 * Where in the console a key works. The dispatcher gets the active scopes, innermost first; `any` is the outermost. The
 * scope of an overlay is modal: keys do not reach the screen below it.
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
  | 'plan-reason'
  | 'sending'
  | 'result'
  | 'notice'
  | 'leave';
