"""Logistic regression with a quadratic penalty, fitted by L-BFGS; SciPy is needed only to learn."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]


def fit(
    rows: csr_matrix,
    wanted: Floats,
    penalty: float,
    weights: Floats | None = None,
    prior: Floats | None = None,
) -> Floats:
    """Weights of the columns, in the last line the intercepts (not penalised); shape (columns + 1, classes).

    Args:
        rows: Features, one text a row.
        wanted: Shape (texts, classes). One class: 0 or 1, logistic. More: each row adds up to 1, softmax.
        penalty: λ of λ/2·‖weights − prior‖².
        weights: How much each text counts; default 1.
        prior: What the weights of the columns are before anything is learnt; default 0. Without intercepts.
    """
    texts, classes = wanted.shape
    counts = np.ones(texts) if weights is None else weights
    used = np.unique(rows.indices)
    narrow = rows[:, used]
    turned = narrow.T.tocsr()
    size = len(used)
    before = np.zeros((rows.shape[1], classes)) if prior is None else prior
    known = rows @ before

    def loss(flat: Floats) -> tuple[float, Floats]:
        weight = flat.reshape(size + 1, classes)
        scores = known + narrow @ weight[:-1] + weight[-1]
        chances, lost = _chances(scores, wanted)
        slope = (chances - wanted) * counts[:, None]
        gradient = np.vstack([turned @ slope + penalty * weight[:-1], slope.sum(axis=0)])
        return float(counts @ lost + penalty / 2 * np.sum(weight[:-1] ** 2)), gradient.ravel()

    start = np.zeros((size + 1, classes))
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 300, "ftol": 1e-8})
    whole = np.zeros((rows.shape[1] + 1, classes))
    fitted = found.x.reshape(size + 1, classes)
    whole[used], whole[-1] = fitted[:-1], fitted[-1]
    whole[:-1] += before
    return whole


def chances(scores: Floats) -> Floats:
    """Probabilities of scores: logistic for one class, softmax over the last axis for more."""
    if scores.shape[-1] == 1:
        return 1 / (1 + np.exp(-np.clip(scores, -40, 40)))
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return found


def _chances(scores: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    found = chances(scores)
    if scores.shape[1] == 1:
        lost = (np.logaddexp(0, scores) - wanted * scores)[:, 0]
    else:
        top = scores.max(axis=1, keepdims=True)
        lost = (top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True)))[:, 0] - (wanted * scores).sum(
            axis=1
        )
    return found, lost
