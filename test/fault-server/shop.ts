import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What the shop does with a write. `late`: the connection breaks at once, the effect follows. `lag`: the answer is
 * successful, and the effect follows; with `no-effect` never. `report-failure`: answered 200 with a body that reports a
 * failure. `other`: answered 200 with a body about another write.
 */
export type Act =
  | 'fair'
  | 'apply-then-reset'
  | 'reset-before-read'
  | 'late'
  | 'apply-then-500'
  | 'only-500'
  | 'refuse'
  | 'truncate'
  | 'bad-json'
  | 'redirect'
  | 'apply-then-other'
  | 'only-other'
  | 'no-effect'
  | 'lag'
  | 'report-failure'
  | 'apply-then-report-failure';

export interface ShopRow {
  id: string;
  name: string;
  status: string;
  quantity: number;
  hasLicenseKey: boolean;
  addons: { id: string; ends: boolean }[];
}

/** An applied effect, which journal entries are compared with. */
export interface Effect {
  readonly target: string;
  readonly what: string;
  readonly at: number;
}

export interface ShopRequest {
  readonly id: string;
  readonly target: string;
  readonly quantity: number;
  /** The result of each poll, the last one repeated; `Completed` applies the quantity. `gone`: 404. */
  readonly words: string[];
  looks: number;
}

/** A vendor on loopback with a ledger: every applied effect, whatever its caller was told. */
export interface Shop {
  readonly origin: string;
  readonly rows: Map<string, ShopRow>;
  readonly ledger: Effect[];
  readonly requests: Map<string, ShopRequest>;
  readonly orders: Map<string, { status: string; target: string | null; added: number }>;
  /** Method and path of every received call. */
  readonly calls: string[];
  /** The fault of each write, by its number from 1. */
  act: (write: { readonly method: string; readonly path: string; readonly nth: number }) => Act;
  /** While true, every read is answered with a 403. */
  readsFail: () => boolean;
  /** The row that a read of this id returns: a wrong one, as from a cache or a gateway. */
  answersWith: (id: string) => string;
  /** The states that new requests pass through. */
  words: readonly string[];
  /** The delay of an effect in milliseconds, with `late` and `lag`. */
  lateness: number;
  add(id: string, more?: Partial<ShopRow>): ShopRow;
  stop(): Promise<void>;
}

export async function openShop(now: () => number = Date.now): Promise<Shop> {
  const rows = new Map<string, ShopRow>();
  const ledger: Effect[] = [];
  const requests = new Map<string, ShopRequest>();
  const orders: Shop['orders'] = new Map();
  const calls: string[] = [];
  const later: { readonly at: number; readonly run: () => void }[] = [];
  let writes = 0;

  const apply = (target: string, what: string, change: () => void): void => {
    change();
    ledger.push({ target, what, at: now() });
  };

  function settleDue(): void {
    for (const one of later.filter(({ at }) => at <= now())) {
      later.splice(later.indexOf(one), 1);
      one.run();
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const method = request.method ?? '';
    const path = decodeURIComponent(request.url ?? '');
    calls.push(`${method} ${path}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    settleDue();
    if (method === 'GET') return shop.readsFail() ? answer(response, 403, {}) : read(path, response);
    writes += 1;
    const act = shop.act({ method, path, nth: writes });
    if (act === 'reset-before-read') return request.socket.destroy();
    if (act === 'refuse') return answer(response, 422, { message: 'below the committed minimum' });
    if (act === 'only-500') return answer(response, 500, { message: 'trouble' });
    if (act === 'only-other') return answer(response, 200, anotherWrite(writes));
    if (act === 'redirect') return response.writeHead(307, { location: path }).end();
    if (act === 'no-effect') return answer(response, 200, {});
    if (act === 'report-failure') return answer(response, 200, { success: false });
    const text = Buffer.concat(chunks).toString();
    const effect = write(method, path, text === '' ? {} : JSON.parse(text));
    if (act === 'late') {
      later.push({ at: now() + shop.lateness, run: () => void effect() });
      return request.socket.destroy();
    }
    if (act === 'lag') {
      later.push({ at: now() + shop.lateness, run: () => void effect() });
      return answer(response, 200, {});
    }
    const done = effect();
    if (act === 'apply-then-report-failure') return answer(response, 200, { success: false });
    if (act === 'apply-then-reset') return request.socket.destroy();
    if (act === 'apply-then-500') return answer(response, 500, { message: 'trouble' });
    if (act === 'apply-then-other') return answer(response, 200, anotherWrite(writes));
    if (act === 'bad-json') return response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":');
    if (act === 'truncate') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '999' });
      response.write('{"a"');
      return setImmediate(() => request.socket.destroy());
    }
    return answer(response, done.status, done.body);
  }

  function read(path: string, response: ServerResponse): unknown {
    const [, kind, id = ''] = path.split('/');
    if (kind === 'orders')
      return answer(
        response,
        200,
        [...orders].map(([key, order]) => ({ id: key, ...order })),
      );
    if (kind === 'requests') {
      const request = requests.get(id);
      const word = request?.words[Math.min(request.looks, request.words.length - 1)];
      if (request === undefined || word === undefined || word === 'gone') return answer(response, 404, {});
      request.looks += 1;
      const row = rows.get(request.target);
      if (word === 'Completed' && row !== undefined && row.quantity !== request.quantity) {
        apply(request.target, `quantity ${request.quantity}`, () => {
          row.quantity = request.quantity;
        });
      }
      return answer(response, 200, { word });
    }
    const row = rows.get(shop.answersWith(path.slice('/subs/'.length)));
    return answer(response, row === undefined ? 404 : 200, row ?? {});
  }

  type Done = { readonly status: number; readonly body: unknown };

  function write(method: string, path: string, body: Record<string, never>): () => Done {
    const [, kind, id = '', what, inner] = path.split('?')[0]?.split('/') ?? [];
    const row = rows.get(id);
    const ok = { status: 200, body: {} };
    if (kind === 'orders') return () => order(id, what, body);
    if (kind === 'subs' && id === '') {
      return () => {
        const name = String(body.name);
        const made = `made-${rows.size}`;
        apply(name, `create ${body.quantity}`, () => void shop.add(made, { name, quantity: Number(body.quantity) }));
        return { status: 201, body: { id: made } };
      };
    }
    if (row === undefined) return () => ({ status: 404, body: {} });
    if (what === 'requests') {
      return () => {
        const request = { id: `rq-${requests.size + 1}`, target: id, quantity: Number(body.quantity), looks: 0 };
        requests.set(request.id, { ...request, words: [...shop.words] });
        return { status: 202, body: { id: request.id } };
      };
    }
    if (what === 'addons') {
      return () => {
        apply(id, `addon ${inner}`, () => {
          for (const addon of row.addons) if (addon.id === inner) addon.ends = true;
        });
        return ok;
      };
    }
    if (method === 'DELETE') {
      const removes = path.endsWith('?action=Delete');
      return () => {
        apply(id, removes ? 'delete' : 'cancel', () => {
          if (removes) rows.delete(id);
          else row.status = 'Cancelled';
        });
        return { status: 200, body: {} };
      };
    }
    return () => {
      apply(
        id,
        Object.keys(body)
          .map((key) => `${key} ${key === 'licenseKey' ? 'set' : body[key]}`)
          .join(),
        () => {
          const { licenseKey, ...rest } = body;
          Object.assign(row, rest, licenseKey === undefined ? {} : { hasLicenseKey: true });
        },
      );
      return ok;
    };
  }

  function order(id: string, what: string | undefined, body: Record<string, never>): Done {
    if (id === '') {
      const made = `or-${orders.size + 1}`;
      orders.set(made, { status: 'Draft', target: null, added: 0 });
      return { status: 201, body: { id: made } };
    }
    const order = orders.get(id);
    if (order === undefined) return { status: 404, body: {} };
    if (what === 'items') {
      order.target = body.subscriptionId ?? null;
      order.added = Number(body.quantity);
      return { status: 201, body: {} };
    }
    const row = rows.get(order.target ?? '');
    if (row === undefined || order.status !== 'Draft') return { status: 409, body: {} };
    apply(row.id, `quantity ${row.quantity + order.added}`, () => {
      row.quantity += order.added;
      order.status = 'Completed';
    });
    return { status: 200, body: {} };
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const shop: Shop = {
    origin: `http://127.0.0.1:${port}`,
    rows,
    ledger,
    requests,
    orders,
    calls,
    act: () => 'fair',
    readsFail: () => false,
    answersWith: (id) => id,
    words: ['Pending', 'InProgress', 'Completed'],
    lateness: 60_000,
    add(id, more = {}) {
      const row = {
        id,
        name: `Backup ${id}`,
        status: 'Active',
        quantity: 25,
        hasLicenseKey: false,
        addons: [],
        ...more,
      };
      rows.set(id, row);
      return row;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return shop;
}

/** The id in the answer to another write: a new one each time, as no two orders share an id. */
function anotherWrite(write: number) {
  const id = `somebody-else-${write}`;
  return { id, orderId: id, subscriptionId: id, organizationId: id };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
