export interface ShopOptions {
  /** The built example application, or a copy of it. */
  folder: string;
  /** Where its spans go: `http://127.0.0.1:4318`. */
  endpoint: string;
}

export interface Shop {
  /** Address of the gateway. */
  readonly gateway: string;
  /** Exit code, when a service has ended and taken the others with it. */
  readonly ended: Promise<number>;
  /** One request of each kind, or of the kind named; resolves when all are answered. */
  readonly visitOnce: (kind?: string) => Promise<void>;
  /** A mix of requests until `stop`. */
  readonly keepVisiting: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts the example application on free ports and waits until it is open. */
export function startShop(options: ShopOptions): Promise<Shop>;
