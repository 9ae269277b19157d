"""How the service fares, counted in memory per process: no address, no id, no path but its template."""

from collections import Counter


class Metrics:
    """Requests and the seconds they took, by method, route template and status."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.seconds: Counter[tuple[str, str]] = Counter()

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        self.requests[method, route, status] += 1
        self.seconds[method, route] += seconds  # type: ignore[assignment]

    def text(self) -> str:
        """OpenMetrics."""
        lines = ["# TYPE bekwaam_requests counter"]
        for (method, route, status), number in sorted(self.requests.items()):
            lines.append(f'bekwaam_requests_total{{method="{method}",route="{route}",status="{status}"}} {number}')
        lines.append("# TYPE bekwaam_request_seconds counter")
        for (method, route), seconds in sorted(self.seconds.items()):
            lines.append(f'bekwaam_request_seconds_total{{method="{method}",route="{route}"}} {seconds:.6f}')
        return "\n".join([*lines, "# EOF", ""])


METRICS = Metrics()
