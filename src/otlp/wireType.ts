// Wire types of protobuf (documentation, "Encoding", "Message Structure"): the lowest three bits of a tag. The two that
// are missing, 3 and 4, delimit groups, which proto3 does not have.
export const varint = 0;
export const fixed64 = 1;
export const lengthDelimited = 2;
export const fixed32 = 5;
