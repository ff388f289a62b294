import type { AttributeReader } from '../attributeReader';
import { serverAddress } from './serverAddress';

/** What was read from or written to an object store. */
export interface StorageFacts {
  readonly system: string | undefined;
  readonly operation: string | undefined;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Bytes. */
  readonly size: number | undefined;
  readonly server: string | undefined;
}

/** The names `storage.*`, and those of the semantic conventions for AWS S3. */
export function storageFacts(attributes: AttributeReader): StorageFacts {
  return {
    system: attributes.text('storage.system', 'storage.provider', 'rpc.service'),
    operation: attributes.text('storage.operation', 'storage.method', 'rpc.method'),
    bucket: attributes.text('storage.bucket', 'storage.container', 'aws.s3.bucket'),
    key: attributes.text('storage.key', 'storage.path', 'storage.object', 'aws.s3.key'),
    size: attributes.number(
      'storage.size',
      'storage.bytes',
      'storage.object.size',
      'http.response.body.size',
    ),
    server: serverAddress(attributes),
  };
}
