"""The screen: routes, forms and sign-in. The only room that knows of requests."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from flask import Flask
from jinja2 import StrictUndefined
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from assessment.resources import TEMPLATES
from assessment.services.nudges import Nudges
from assessment.store.engine import open_engine
from assessment.web import (
    assets,
    auth,
    criteria,
    cycles,
    demo,
    errors,
    home,
    jobs,
    language,
    logs,
    measure_files,
    offline,
    organisation,
    people,
    profile,
    questionnaire,
    result_reports,
    results,
    security,
    unit,
    units,
)
from assessment.web.access import all_access
from assessment.web.settings import Settings, refuse_weak

BLUEPRINTS = (
    assets.bp,
    offline.bp,
    home.bp,
    profile.bp,
    organisation.bp,
    units.bp,
    people.bp,
    cycles.bp,
    results.bp,
    result_reports.verify_bp,
    jobs.bp,
    measure_files.bp,
    criteria.bp,
    questionnaire.bp,
)


def utc_now() -> datetime.datetime:
    """The clock of a running installation; tests bring their own."""
    return datetime.datetime.now(datetime.UTC)


def create_app(
    settings: Settings,
    engine: Engine | None = None,
    clock: Callable[[], datetime.datetime] = utc_now,
) -> Flask:
    """The application as *settings* say. It refuses to be made with weak ones for public use."""
    refuse_weak(settings)
    app = unit.Application(__name__, static_folder=None, template_folder=str(TEMPLATES))
    _configure(app, settings, clock)
    nudges = Nudges(settings.data, settings.database_url, settings.secret_key, settings.redis_url)
    unit.init_app(app, engine or open_engine(settings.database_url), nudges.send)
    errors.init_app(app)
    language.init_app(app)
    logs.init_app(app)
    # In this order before each view: how much it takes, whom it is for, whether the form is ours.
    app.before_request(security.limit_body)
    auth.init_app(app)
    security.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.demo:
        app.register_blueprint(demo.bp)
    app.jinja_env.globals.update(
        asset=assets.asset_url, navigation=home.navigation, is_demo=settings.demo
    )
    # A view that does not say whom it is for, or a file that is not there, stops the start.
    list(all_access(app))
    assets.assets()
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    return app


def _cookie_name(settings: Settings) -> str:
    """A browser keeps cookies by host alone: the demo's must not push out those of a real one."""
    name = "touchstone-demo" if settings.demo else "touchstone"
    return f"__Host-{name}" if settings.is_secure else name


def _configure(app: Flask, settings: Settings, clock: Callable[[], datetime.datetime]) -> None:
    secure = settings.is_secure
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.hosts),
        SESSION_COOKIE_NAME=_cookie_name(settings),
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PREFERRED_URL_SCHEME="https" if secure else "http",
        TEMPLATES_AUTO_RELOAD=settings.debug,
        TOUCHSTONE=settings,
        TOUCHSTONE_CLOCK=clock,
    )
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    # A misspelt name in a template is a mistake, not an empty place.
    app.jinja_env.undefined = StrictUndefined
