import type { Resource, Scope } from '../core/model/span';
import { ProtobufWriter } from './protobufWriter';
import { writeAttributes, writeString, writeUint32 } from './writeCommon';

/** An export request of any signal: the field numbers down to the items are the same in all. */
export function encodeRequest<
  ByResource extends { readonly resource: Resource; readonly schemaUrl: string },
  ByScope extends { readonly scope: Scope; readonly schemaUrl: string },
  Item,
>(
  resources: readonly ByResource[],
  scopesOf: (resource: ByResource) => readonly ByScope[],
  itemsOf: (scope: ByScope) => readonly Item[],
  writeItem: (writer: ProtobufWriter, item: Item) => void,
): Uint8Array {
  const writer = new ProtobufWriter();
  for (const byResource of resources) {
    writer.message(0x0a, () => {
      writer.message(0x0a, () => writeResource(writer, byResource.resource));
      for (const byScope of scopesOf(byResource)) {
        writer.message(0x12, () => {
          writer.message(0x0a, () => writeScope(writer, byScope.scope));
          for (const item of itemsOf(byScope)) writer.message(0x12, () => writeItem(writer, item));
          writeString(writer, 0x1a, byScope.schemaUrl);
        });
      }
      writeString(writer, 0x1a, byResource.schemaUrl);
    });
  }
  return writer.finish();
}

function writeResource(writer: ProtobufWriter, resource: Resource): void {
  writeAttributes(writer, 0x0a, resource.attributes);
  writeUint32(writer, 0x10, resource.droppedAttributesCount);
}

function writeScope(writer: ProtobufWriter, scope: Scope): void {
  writeString(writer, 0x0a, scope.name);
  writeString(writer, 0x12, scope.version);
  writeAttributes(writer, 0x1a, scope.attributes);
  writeUint32(writer, 0x20, scope.droppedAttributesCount);
}
