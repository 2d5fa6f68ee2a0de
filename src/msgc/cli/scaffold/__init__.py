"""What `msgc init` writes: a topology of one queue, and what a project has around it."""

from msgc.cli.scaffold.files import File, beside, fresh
from msgc.cli.scaffold.project import first_project, project_of, service_name

__all__ = ["File", "beside", "first_project", "fresh", "project_of", "service_name"]
