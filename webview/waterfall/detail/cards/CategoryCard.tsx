import type { ComponentType, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { attributesFromJson } from '../../../../src/core/formats/attributesFromJson';
import { AttributeReader } from '../../../../src/core/semantics/attributeReader';
import { categories, type Category } from '../../../../src/core/semantics/category';
import { Section } from '../../../ui/Section';
import { categoryWords } from '../../text/words';
import { AuthCard } from './AuthCard';
import type { CardProps } from './cardProps';
import { DatabaseCard } from './DatabaseCard';
import { GatewayCard } from './GatewayCard';
import { GenAiCard } from './GenAiCard';
import { HandOffCard } from './HandOffCard';
import { HttpCard } from './HttpCard';
import { RpcCard } from './RpcCard';
import { RuntimeCard } from './RuntimeCard';
import { StorageCard } from './StorageCard';

const cards: Readonly<Record<Category, ComponentType<CardProps> | undefined>> = {
  custom: undefined,
  gateway: GatewayCard,
  runtime: RuntimeCard,
  database: DatabaseCard,
  http: HttpCard,
  messaging: HandOffCard,
  rpc: RpcCard,
  storage: StorageCard,
  auth: AuthCard,
  job: HandOffCard,
  genai: GenAiCard,
};

/** What a person looks for first in a span of its category. */
export function CategoryCard(props: Omit<CardProps, 'attributes' | 'duration'>): VNode | null {
  const { span, model, row } = props;
  const attributes = useMemo(() => new AttributeReader(attributesFromJson(span.attributes)), [span]);
  const category = categories[model.columns.category[row] ?? 0] ?? 'custom';
  const Card = cards[category];
  if (!Card) return null;
  const duration = model.columns.spanDuration[row] ?? 0;
  return (
    <Section title={categoryWords[category]}>
      {() => <Card {...props} attributes={attributes} duration={duration} />}
    </Section>
  );
}
