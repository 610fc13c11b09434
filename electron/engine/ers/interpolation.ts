import type { Curve } from '../curve/curve.ts';

/**
 * The Lagrange weights of a set of nodes, as a function of where the value is wanted: the polynomial of least
 * degree through the nodes has there the sum of each node's value times its weight. The weights serve values in
 * the field and points alike.
 * @param curve whose scalar field the weights are in
 * @param nodes distinct x-coordinates, small whole numbers
 * @returns a function from an x-coordinate to one weight a node, in the nodes' order, each below the group order
 */
export function lagrange(curve: Curve, nodes: readonly number[]): (at: number) => readonly bigint[] {
  const { scalars } = curve;
  const inverses = scalars.invertBatch(
    nodes.map((node) =>
      scalars.create(product(nodes.filter((other) => other !== node).map((other) => node - other))),
    ),
  );
  return (at) => {
    if (nodes.includes(at)) return nodes.map((node) => (node === at ? scalars.ONE : scalars.ZERO));
    // The whole product is an integer that each factor divides, so one division a node stands in for n products.
    const whole = product(nodes.map((node) => at - node));
    return nodes.map((node, i) => scalars.mul(scalars.create(whole / BigInt(at - node)), inverses[i] ?? 0n));
  };
}

/**
 * The value at `at` of the polynomial of least degree through the given points.
 * @param curve whose scalar field the values are in
 * @param values by x-coordinate
 * @param at the x-coordinate wanted
 */
export function interpolate(curve: Curve, values: ReadonlyMap<number, bigint>, at: number): bigint {
  return weightedSum(curve, lagrange(curve, [...values.keys()])(at), [...values.values()]);
}

/** The sum of each value times its weight, in the scalar field. */
export function weightedSum(curve: Curve, weights: readonly bigint[], values: readonly bigint[]): bigint {
  return curve.scalars.create(weights.reduce((sum, weight, i) => sum + weight * (values[i] ?? 0n), 0n));
}

function product(factors: readonly number[]): bigint {
  return factors.reduce((whole, factor) => whole * BigInt(factor), 1n);
}
