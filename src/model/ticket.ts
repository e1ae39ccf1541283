/** What a customer of the sandbox asks for: the example that the tour walks through. */
export interface Ticket {
  /** The subscription that it is about. */
  readonly ref: string;
  readonly customer: string;
  readonly product: string;
  /** The present quantity, and the wanted one, which the vendor can lower it to. */
  readonly from: number;
  readonly to: number;
  /** As the customer wrote it, in several lines. */
  readonly text: string;
}
