import type { ViewOptions } from '../../../src/protocol/viewOptions';
import type { FieldValues } from '../find/fieldValues';
import type { WaterfallModel } from '../model/waterfallModel';
import { colourByCategory, colourByStatus, colourByValue } from './colouring';

/** Gives the model the colours and labels that the reader's options ask for. The newest choice is the one that counts. */
export class Painter {
  private colourBy: ViewOptions['colourBy'] | undefined;
  private labelBy: string | undefined;
  private readonly stop: () => void;

  constructor(
    private readonly model: WaterfallModel,
    private readonly values: FieldValues,
  ) {
    this.stop = model.onChange(change => {
      if (change === 'trace') this.paint(true);
      if (change === 'options') this.paint(false);
    });
    this.paint(false);
  }

  dispose(): void {
    this.stop();
  }

  private paint(anew: boolean): void {
    const { colourBy, labelBy } = this.model.options;
    if (anew || colourBy !== this.colourBy) {
      this.colourBy = colourBy;
      this.colour(colourBy);
    }
    if (anew || labelBy !== this.labelBy) {
      this.labelBy = labelBy;
      this.label(labelBy);
    }
  }

  private colour(by: ViewOptions['colourBy']): void {
    const { model } = this;
    const { columns } = model;
    switch (by.by) {
      case 'service':
        if (model.colouring) model.setColouring(undefined);
        return;
      case 'category':
        model.setColouring(colourByCategory(columns));
        return;
      case 'status':
        model.setColouring(colourByStatus(columns));
        return;
      case 'attribute':
        this.values.get({ type: 'attribute', scope: 'any', key: by.key }).then(
          ({ column }) => {
            if (this.colourBy === by && model.columns === columns)
              model.setColouring(colourByValue(columns, column));
          },
          // Colours by service are what is left; the next choice asks again.
          () => this.colourBy === by && model.setColouring(undefined),
        );
    }
  }

  private label(key: string | undefined): void {
    const { model } = this;
    const { columns } = model;
    if (key === undefined) {
      if (model.labels) model.setLabels(undefined);
      return;
    }
    this.values.get({ type: 'attribute', scope: 'any', key }).then(
      ({ column }) => {
        if (this.labelBy === key && model.columns === columns) model.setLabels(column);
      },
      () => this.labelBy === key && model.setLabels(undefined),
    );
  }
}
